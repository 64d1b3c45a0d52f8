// Keeps what is being written, a few seconds after the last letter. Without it the page's own button does the same.
const form = document.querySelector("form[data-keep]");
const line = document.getElementById("kept-line");
const WAIT = 4000;
let waiting;

async function keep() {
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    line.textContent = answer.ok ? `Kept for you at ${at}.` : "Not kept just now. Use the button before you leave.";
  } catch {
    line.textContent = "Not kept: there is no connection. It is tried again when you go on writing.";
  }
}

if (form && line) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
