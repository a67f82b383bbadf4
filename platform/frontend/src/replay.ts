/** The replay of a race. */
export {};
