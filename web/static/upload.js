// Files of a task go up as soon as they are chosen, each by itself: what has arrived stays arrived, whatever
// happens to the connection, and a file that is too large is named before it is sent. Without this script the
// form sends its files as it is.
const form = document.querySelector("form[data-upload]");
const input = form && form.querySelector('input[type="file"]');
const list = form && form.querySelector("[data-uploads]");
const kept = form && form.querySelector("[data-kept]");

const say = (words, wrong = false) => {
  const line = document.createElement("p");
  line.className = wrong ? "govuk-error-message" : "govuk-body";
  line.textContent = words;
  list.append(line);
  return line;
};

const megabytes = (count) => `${Math.floor(count / 1e6)} MB`;

const keep = (file) => {
  const there = [...kept.querySelectorAll("input")].find((one) => one.dataset.digest === file.digest);
  if (there) {
    there.checked = true;
    return;
  }
  const id = `arrived-${kept.children.length + 1}`;
  const item = document.createElement("div");
  item.className = "govuk-checkboxes__item";
  const box = Object.assign(document.createElement("input"), {
    type: "checkbox", id, name: "kept", value: file.token, checked: true, className: "govuk-checkboxes__input",
  });
  box.dataset.digest = file.digest;
  const label = document.createElement("label");
  label.className = "govuk-label govuk-checkboxes__label";
  label.htmlFor = id;
  label.textContent = `${file.name}, ${file.size}`;
  item.append(box, label);
  kept.append(item);
  kept.closest("#kept").hidden = false;
};

const send = async (file) => {
  if (file.size > Number(form.dataset.limit)) {
    say(`${file.name} was not sent: it must be smaller than ${megabytes(Number(form.dataset.limit))}.`, true);
    return;
  }
  const line = say(`Sending ${file.name} …`);
  const body = new FormData();
  body.append("csrf", form.elements.csrf.value);
  body.append("files", file);
  try {
    const answer = await fetch(form.dataset.upload, { method: "POST", body, redirect: "error" });
    const told = await answer.json();
    line.textContent = told.error ? "" : `${file.name} has arrived.`;
    if (told.error) say(told.error, true);
    told.files.forEach(keep);
  } catch {
    line.remove();
    say(`${file.name} did not arrive: the connection was lost. What you typed and sent before is kept. Choose the file again.`, true);
  }
};

if (form && input && list && kept) {
  let sending = Promise.resolve();
  let left = 0;
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    list.replaceChildren();
    for (const file of files) {
      left += 1;
      sending = sending.then(() => send(file)).finally(() => { left -= 1; });
    }
  });
  form.addEventListener("submit", (event) => {
    if (left === 0) return;
    const button = event.submitter;
    event.preventDefault();
    // a form that is being submitted takes no second submission: wait for the end of this one
    sending.then(() => setTimeout(() => form.requestSubmit(button)));
  });
}
