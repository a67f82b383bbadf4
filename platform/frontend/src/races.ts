/** Pages of races and of the organizer's desk: countdowns, checks that follow a choice, unsaved changes. */
import { tickCountdowns } from "./races/countdown";
import { followChoices } from "./races/checks";
import { noteUnsaved } from "./races/unsaved";

tickCountdowns();
followChoices();
noteUnsaved();
