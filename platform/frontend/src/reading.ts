/** A lesson: keeps the reader's place, marks the heading under way, bookmarks without a reload, prints. */
import { follow } from "./reading/place";
import { markWithoutLeaving } from "./reading/marks";

const page = document.querySelector<HTMLElement>(".lesson-page");
if (page) follow(page);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-mark]")) markWithoutLeaving(form);
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
