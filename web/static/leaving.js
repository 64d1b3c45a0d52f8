// Before somebody signs out: what they typed in a room and this device has not sent yet.
const person = document.querySelector('meta[name="person"]')?.content;
const count = (name) => {
  try {
    return (JSON.parse(localStorage.getItem(name)) ?? []).length;
  } catch {
    return 0;
  }
};
const names = [`room:${person}`, `room-draft:${person}`];
const [entries, drafts] = names.map(count);
const warning = document.getElementById("unsent");

if (warning && entries + drafts) {
  const rooms = entries ? JSON.parse(localStorage.getItem(names[0])).map((one) => one.page) : [];
  document.getElementById("unsent-count").textContent = [
    entries && `${entries} ${entries === 1 ? "entry" : "entries"} not sent`, drafts && `${drafts} half typed`,
  ].filter(Boolean).join(" and ");
  if (rooms[0]) document.getElementById("unsent-room").href = rooms[0];
  else document.getElementById("unsent-room").hidden = true;
  document.getElementById("unsent-away").addEventListener("click", () => {
    names.forEach((one) => localStorage.removeItem(one));
    warning.hidden = true;
  });
  warning.hidden = false;
}
