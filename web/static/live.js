// Pages stay true while they are looked at. One stream of topics for the whole browser, whatever the number of
// its tabs; a page asks for itself again and puts its regions in place. Without this, "Check again" does the same.
const FIRST = 1000, LONGEST = 60000, SILENT = 40000, PATIENT = 4000;
const person = document.querySelector('meta[name="person"]')?.content;
const regions = () => [...document.querySelectorAll("[data-live][id]")];
const served = new Map(regions().map((one) => [one.id, one.innerHTML]));
const part = (id) => document.getElementById(id);

if (person && served.size && navigator.locks && window.BroadcastChannel) begin();

function begin() {
  const tabs = new BroadcastChannel(`live:${person}`);
  const log = [];
  let heard = performance.timeOrigin, leads = false, state = "", lost = 0, due = 0, wait = FIRST;

  tabs.onmessage = ({ data }) => (data.ask ? leads && answer(data.ask) : take(data));
  navigator.locks.request(`live:${person}`, () => new Promise(() => { leads = true; follow(); }));
  tabs.postMessage({ ask: heard });
  setInterval(() => Date.now() - heard > SILENT && show("lost"), 5000);
  addEventListener("offline", () => show("lost"));
  addEventListener("online", () => look(""));
  document.addEventListener("look", () => look(""));
  document.addEventListener("visibilitychange", () => document.hidden || (due === -1 && look("")));

  // The tab that holds the stream tells the others, and one that comes later what it has missed since it was made.
  function give(message) {
    tabs.postMessage(message);
    take(message);
  }
  function answer(since) {
    for (const one of log) if (one.at >= since) tabs.postMessage(one);
    if (state) tabs.postMessage({ state });
  }

  function follow() {
    const ago = Math.ceil((Date.now() - heard) / 1000) + 1;
    const stream = new EventSource(`/live?ago=${ago}`);
    const watch = setInterval(() => Date.now() - heard > SILENT && again(), 5000);
    function again() {
      clearInterval(watch);
      stream.close();
      give({ state: "lost" });
      setTimeout(follow, wait * (0.75 + Math.random() / 2));
      wait = Math.min(2 * wait, LONGEST);
    }
    stream.onopen = () => { wait = FIRST; };
    stream.onerror = again;
    stream.addEventListener("beat", () => give({ state: "live" }));
    stream.onmessage = ({ data }) => {
      const told = { ...JSON.parse(data), at: Date.now(), state: "live" };
      if (told.topic === "lost") return give({ state: "lost" });
      log.push(told);
      log.splice(0, log.length - 200);
      give(told);
    };
  }

  function take(message) {
    if (message.state) show(message.state);
    if (message.state !== "lost") heard = Date.now();
    if (message.topic && regions().some((one) => cares(one, message.topic))) look(message.say, message.topic);
  }

  function look(say, topic = "") {
    if (say && part("live-said")) part("live-said").textContent = say;
    if (document.hidden) due = -1;
    else if (due <= 0) due = setTimeout(ask, topic === "*" ? 200 + 2000 * Math.random() : 100);
  }

  async function ask() {
    due = 0;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (new URL(answer.url).pathname === "/sign-in") return show("out");
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      show("lost");
    }
  }

  // A short break is mended before anybody has to read of it.
  function show(what) {
    if (what === "lost" && state === "live" && !lost) {
      lost = setTimeout(() => say("lost"), PATIENT);
    } else if (what !== "lost" || !lost) {
      clearTimeout(lost);
      lost = 0;
      if (what !== state) say(what);
    }
    function say(now) {
      state = now;
      lost = 0;
      line(now);
    }
  }
}

const cares = (region, topic) => topic === "*" || region.dataset.live.split(" ").some(
  (one) => one === topic || (one.endsWith(":*") && topic.startsWith(one.slice(0, -1))));

function line(state) {
  const [text, link] = [part("live-state"), part("live-check")];
  if (!text || !link) return;
  const words = {
    live: "Live: what others do appears here by itself.",
    lost: "Not live: connection lost.",
    out: "Not live: you are not signed in any more.",
  };
  text.textContent = words[state];
  link.hidden = state === "live";
  link.textContent = state === "out" ? "Sign in again" : "Check again";
  part("live-line").classList.toggle("live-line--lost", state !== "live");
}

function put(page) {
  for (const region of regions()) {
    const fresh = page.getElementById(region.id)?.innerHTML;
    if (fresh === undefined || fresh === served.get(region.id)) continue;
    if (busy(region)) offer(region, fresh);
    else swap(region, fresh);
  }
}

function busy(region) {
  const boxes = [...region.querySelectorAll("textarea, input:not([type=hidden])")];
  return region.contains(document.activeElement)
    || boxes.some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
}

function swap(region, fresh) {
  const open = [...region.querySelectorAll("details")].map((one) => one.open);
  const chosen = [...region.querySelectorAll("select")].map((one) => [one.name, one.value]);
  region.innerHTML = fresh;
  served.set(region.id, fresh);
  part(`${region.id}-new`)?.remove();
  region.querySelectorAll("details").forEach((one, at) => { one.open = open[at] ?? one.open; });
  for (const [name, value] of chosen) {
    const one = region.querySelector(`select[name="${CSS.escape(name)}"]`);
    if (one && [...one.options].some((it) => it.value === value)) one.value = value;
  }
  region.dispatchEvent(new CustomEvent("live", { bubbles: true }));
}

function offer(region, fresh) {
  part(`${region.id}-new`)?.remove();
  const button = document.createElement("button");
  Object.assign(button, { id: `${region.id}-new`, type: "button", className: "govuk-button govuk-button--secondary" });
  button.textContent = "There is something new: show it";
  button.addEventListener("click", () => {
    swap(region, fresh);
    region.tabIndex = -1;
    region.focus();
  });
  region.before(button);
}
