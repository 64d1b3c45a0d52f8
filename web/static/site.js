// The design system's behaviours. Every page works without them.
import { initAll } from "/static/vendor/govuk-frontend.min.js";

initAll();
