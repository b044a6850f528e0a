/** "The address has 7 lines, the field holds 6; shorten the address." */
export function sentence({ message, remedy }) {
  const text = remedy ? `${message}; ${remedy}` : message;
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
