/** Every page's script: it only makes comfortable what works without it. */
import { chooseAnswersByKey } from "./page/answers";
import { openDialogs } from "./page/dialogs";
import { focusFirstProblem } from "./page/problems";
import { switchLook } from "./page/look";
import { revealPasswords } from "./page/passwords";
import { copyOnClick } from "./page/copy";
import { showToasts } from "./page/toasts";

switchLook();
revealPasswords();
openDialogs();
copyOnClick();
showToasts();
chooseAnswersByKey();
focusFirstProblem();
