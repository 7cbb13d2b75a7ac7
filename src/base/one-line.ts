/** Names of files may hold line breaks and signs that turn the reading direction around; in a list they are one line. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
