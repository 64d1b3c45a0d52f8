// What is typed in the room is kept on this device before it is sent, under a key under which it is carried out
// once. It is sent in order, again after a break, and taken off the device as soon as the record has it.
const person = document.querySelector('meta[name="person"]')?.content;
const ENTRIES = `room:${person}`, DRAFTS = `room-draft:${person}`, AGAIN = 5000;
const part = (id) => document.getElementById(id);
const forms = [...document.querySelectorAll("form[data-entry]")];
const sent = [];
let token = document.querySelector('input[name="csrf"]')?.value, stopped = "";

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
};
const write = (name, list) => (list.length ? localStorage.setItem(name, JSON.stringify(list)) : localStorage.removeItem(name));
const change = (key, facts) => write(ENTRIES, read(ENTRIES).map((one) => (one.key === key ? { ...one, ...facts } : one)));
const drop = (key) => write(ENTRIES, read(ENTRIES).filter((one) => one.key !== key));
const clock = (at = new Date()) => at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
const say = (words) => { part("tray-said").textContent = words; };

// What somebody typed into a form, without what the form says by itself.
const boxes = (form) => [...form.querySelectorAll("textarea, select, input:not([type=hidden])")];
const texts = (form) => boxes(form).filter((one) => one.matches("textarea, input[type=text], input:not([type])"));
const dirty = (form) => boxes(form).some((one) => (one.matches("select")
  ? [...one.options].some((it) => it.selected !== it.defaultSelected)
  : one.value !== one.defaultValue || one.checked !== one.defaultChecked));
const pairs = (form) => [...new FormData(form)].filter(([name]) => !["csrf", "key"].includes(name));

function fill(form, list) {
  for (const one of boxes(form)) {
    const values = list.filter(([name]) => name === one.name).map(([, value]) => value);
    if (one.matches("[type=checkbox], [type=radio]")) one.checked = values.includes(one.value);
    else if (values.length) one.value = values[0];
  }
  for (let up = form.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
}

function keep(event) {
  const form = event.target;
  event.preventDefault();
  if (!dirty(form) && !form.dataset.key) {
    say("Nothing was typed yet.");
    return texts(form)[0]?.focus();
  }
  const entry = {
    key: form.dataset.key ?? fresh(), place: place(form), path: form.getAttribute("action"), label: form.dataset.entry,
    about: part("item").textContent, page: location.href, words: texts(form).map((one) => one.value.trim()).filter(Boolean).join(" / "),
    pairs: pairs(form), state: "kept", at: clock(),
  };
  const list = read(ENTRIES).filter((one) => one.key !== entry.key);
  try {
    write(ENTRIES, [...list, entry]);
  } catch {
    return say("This device has no room left. Nothing was cleared: copy what you typed before you leave the page.");
  }
  delete form.dataset.key;
  form.reset();
  draft();
  show();
  return pump();
}

// One tab of this browser sends at a time, in the order in which things were typed.
function pump() {
  const lock = navigator.locks;
  return lock ? lock.request(`room-send:${person}`, { ifAvailable: true }, (held) => held && sendAll()) : sendAll();
}

async function sendAll() {
  stopped = "";
  const tried = new Set();
  for (;;) {
    const one = read(ENTRIES).find((it) => ["kept", "waiting"].includes(it.state) && !tried.has(it.key));
    if (!one || stopped) break;
    tried.add(one.key);
    await send(one);
    show();
  }
  show();
}

async function send(one, retried = false) {
  const body = new URLSearchParams(one.pairs);
  body.set("csrf", token);
  body.set("key", one.key);
  let answer;
  try {
    answer = await fetch(one.path, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    stopped = "No connection.";
    return undefined;
  }
  if (answer.type === "opaqueredirect") {
    stopped = "You are not signed in any more. Sign in again, and it is sent.";
  } else if (answer.status === 403 && !retried && (await anew())) {
    return send(one, true);
  } else if (answer.headers.get("content-type")?.startsWith("application/json")) {
    take(one, await answer.json());
  } else if (answer.status >= 500) {
    stopped = "The service does not answer.";
  } else {
    change(one.key, { state: "refused", message: "This room does not take it any more. Copy it before you throw it away." });
  }
  return undefined;
}

function take(one, told) {
  if (told.state === "done") {
    drop(one.key);
    sent.push({ label: one.label, at: told.at, place: one.place });
    document.dispatchEvent(new Event("look"));
  } else if (told.state === "waiting") {
    change(one.key, { state: "waiting", message: told.message });
    stopped = "No answer yet.";
  } else {
    change(one.key, { state: told.state, message: told.message });
  }
}

// After signing in again the forms of this page carry an old token; a fresh page has the new one, and says whose.
async function anew() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const found = page.querySelector('input[name="csrf"]')?.value;
    const same = page.querySelector('meta[name="person"]')?.content === person;
    if (!same) stopped = "Somebody else is signed in on this device. What you typed stays yours and is not sent.";
    if (same && found) token = found;
    return same && Boolean(found);
  } catch {
    return false;
  }
}

// Half-typed text, every second, by the item and the form that it was typed into.
const place = (form) => `${location.pathname}#${form.querySelector('[name="item"]').value}/${form.id}`;
function draft() {
  const mine = new Set(forms.map(place));
  const others = read(DRAFTS).filter((one) => !mine.has(one.place));
  const now = forms.filter(dirty).map((form) => ({ place: place(form), pairs: pairs(form), key: form.dataset.key }));
  try {
    write(DRAFTS, [...others, ...now]);
  } catch {
    say("This device has no room left for what is half typed. Send it, or copy it.");
  }
}

function restore() {
  for (const one of read(DRAFTS)) {
    const form = forms.find((it) => place(it) === one.place);
    if (!form || dirty(form)) continue;
    fill(form, one.pairs);
    if (one.key) form.dataset.key = one.key;
    say("What you had half typed is back in its form.");
  }
}

const words = {
  kept: (one) => `Kept on this device at ${one.at}, not sent yet. ${stopped}`,
  waiting: (one) => one.message,
  refused: (one) => `Refused: ${one.message}`,
  standing: (one) => one.message,
};

// What came of an entry stands below the form that it was typed into; of entries at other items, at the head.
function show() {
  const list = read(ENTRIES), left = list.filter((one) => one.state !== "refused" && one.state !== "standing").length;
  const boxes = new Map(forms.map((form) => [place(form), []]));
  const rest = [];
  for (const one of list) (boxes.get(one.place) ?? rest).push(card(one));
  for (const one of sent.slice(-3)) (boxes.get(one.place) ?? rest).push(line(`${one.label}: sent ${one.at}`, "tray__sent"));
  for (const form of forms) form.nextElementSibling.replaceChildren(...boxes.get(place(form)));
  const head = [...(left ? [line(`${left === 1 ? "1 entry is" : `${left} entries are`} kept on this device and not sent yet. ${stopped}`, "tray__state")] : []),
    ...rest, ...(strangers() ? [line(strangers(), "quiet")] : [])];
  part("tray-list").replaceChildren(...head);
  part("tray").hidden = !head.length && !part("tray-said").textContent;
}

function strangers() {
  const names = Object.keys(localStorage).filter((one) => one.startsWith("room:") && one !== ENTRIES);
  const count = names.reduce((sum, one) => sum + read(one).length, 0);
  return count ? `${count} of somebody else's entries wait on this device. They are sent when that person signs in here.` : "";
}

function line(text, kind) {
  const one = document.createElement("p");
  one.className = `govuk-body-s ${kind}`;
  one.textContent = text;
  return one;
}

function card(one) {
  const box = document.createElement("div");
  box.className = `tray__one tray__one--${one.state}`;
  box.append(line(`${one.label}. ${one.about}`, "tray__what"), line(one.words, "words"), line(words[one.state](one), "tray__state"));
  const buttons = {
    kept: [],
    waiting: [],
    refused: [["Change it", () => reopen(one)], ["Throw it away", () => away(one)]],
    standing: [["Record mine as well", () => insist(one)], ["Throw mine away", () => away(one)]],
  }[one.state];
  for (const [text, act] of buttons) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "govuk-button govuk-button--secondary tray__button", textContent: text });
    button.addEventListener("click", act);
    box.append(button, " ");
  }
  return box;
}

function reopen(one) {
  const form = forms.find((it) => place(it) === one.place);
  if (!form) {
    location.assign(`${one.path}?item=${new Map(one.pairs).get("item")}`);
    return;
  }
  fill(form, one.pairs);
  form.dataset.key = one.key;
  texts(form)[0]?.focus();
}

function insist(one) {
  change(one.key, { state: "kept", pairs: [...one.pairs, ["anyway", "yes"]] });
  show();
  pump();
}

function away(one) {
  drop(one.key);
  say("Thrown away.");
  show();
}

// Which item is under way is not worth keeping: it is said again when the network is back.
async function move(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error();
    location.assign(`${form.getAttribute("action")}?item=${body.get("item")}`);
  } catch {
    say("No connection: the room's item was not changed.");
    show();
  }
}

if (person && part("tray")) {
  for (const form of forms) {
    form.addEventListener("submit", keep);
    form.after(Object.assign(document.createElement("div"), { className: "tray__here", role: "status" }));
  }
  for (const form of document.querySelectorAll(".room form:not([data-entry])")) form.addEventListener("submit", move);
  document.querySelector(".room__items").addEventListener("click", (event) => {
    if (navigator.onLine || !event.target.closest("a")) return;
    event.preventDefault();
    say("No connection: other items cannot be opened now. Type here and say which item it is about; it is kept.");
    show();
  });
  restore();
  show();
  pump();
  setInterval(draft, 1000);
  setInterval(() => read(ENTRIES).some((one) => ["kept", "waiting"].includes(one.state)) && pump(), AGAIN);
  addEventListener("pagehide", draft);
  addEventListener("online", pump);
  addEventListener("offline", () => { stopped = "No connection."; show(); });
  addEventListener("storage", show);
}
