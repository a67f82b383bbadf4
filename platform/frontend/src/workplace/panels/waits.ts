/** Portions of the site's time that can be let pass, in minutes. */
export const WAITS_MIN = [5, 10, 15, 30, 60];
