// Words selected in the draft go into the form. Without this, they are copied into it by hand.
const held = (node) => node?.parentElement?.closest("[data-redact]");

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const text = held(range.startContainer);
  const words = range.toString();
  if (!text || text !== held(range.endContainer) || !words.trim()) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const place = before.toString().length;
  let times = 0;
  for (let at = text.textContent.indexOf(words); at >= 0 && at <= place; at = text.textContent.indexOf(words, at + words.length)) times += 1;
  document.getElementById("words").value = words;
  document.getElementById("nth").value = String(times);
  const of = document.querySelector(`input[name="of"][value="${text.dataset.redact}"]`);
  if (of) of.checked = true;
});
