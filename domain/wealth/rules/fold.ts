const marks = /\p{M}+/gu
const spaces = /\s+/gu

// oxlint-disable-next-line no-control-regex
const plain = /^[\x00-\x7f]*$/

/** The text without case, accents and repeated spaces: how rules compare texts. */
export const fold = (text: string): string => {
  const lower = plain.test(text)
    ? text.toLowerCase()
    : text.normalize('NFD').replaceAll(marks, '').toLowerCase().normalize('NFD').replaceAll(marks, '')
  return lower.replaceAll(spaces, ' ').trim()
}

const word = /[\p{L}\p{N}]+/gu

/** The words of a folded text: runs of letters and digits. */
export const wordsOf = (folded: string): string[] => folded.match(word) ?? []
