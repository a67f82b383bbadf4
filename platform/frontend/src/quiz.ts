/** The pages of an attempt: what is comfortable with script; everything works without it. */
import { countDown } from "./quiz/countdown";
import { matchByDragging } from "./quiz/match";
import { orderByMoving } from "./quiz/order";
import { goOnByEnter, printAndShare } from "./quiz/result";
import { pointOnPictures } from "./quiz/spot";

countDown();
for (const one of document.querySelectorAll<HTMLElement>("[data-order]")) orderByMoving(one);
for (const one of document.querySelectorAll<HTMLElement>("[data-match]")) matchByDragging(one);
for (const one of document.querySelectorAll<HTMLElement>("[data-spot]")) pointOnPictures(one);
printAndShare();
goOnByEnter();
