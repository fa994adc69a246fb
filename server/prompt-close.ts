/** Half-open sockets never answer a close frame; ws would hold each for half a minute. (Newer than the types of ws.) */
export const PROMPT_CLOSE = { closeTimeout: 1_000 };
