// Reads a page as a JSON string a line and writes what html-validate says of it, a JSON list a line.
import { createInterface } from "node:readline";
import { HtmlValidate } from "html-validate";

const rules = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  // the date fieldset of GOV.UK Frontend has a role that it has anyway
  rules: { "no-redundant-role": "off" },
});

for await (const line of createInterface({ input: process.stdin })) {
  const report = await rules.validateString(JSON.parse(line));
  const said = report.results.flatMap((one) => one.messages);
  const words = said.map((one) => `html-validate, line ${one.line}: ${one.message} (${one.ruleId})`);
  process.stdout.write(JSON.stringify([...new Set(words)]) + "\n");
}
