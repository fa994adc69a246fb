/** Names of MathML's elements; none of HTML's has such a name. */
export const FORMULA =
  /^(?:math|m(?:action|enclose|error|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover)|semantics|annotation(?:-xml)?)$/;
