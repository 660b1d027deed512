/** Letters without a decomposition into a letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', '\u2212': '-', '\u2011': '-' }

/**
 * Text in the characters of a font. Others lose their marks, and become a question mark if that does not help; spaces and breaks of any kind become
 * one space.
 */
export const printable = (text: string, characters: ReadonlySet<number>): string =>
  Array.from(text.replaceAll(/\s+/gu, ' ').normalize('NFC'), character => {
    if (characters.has(character.codePointAt(0)!)) return character
    const plain = plainLetters[character] ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '')
    return plain !== '' && Array.from(plain).every(each => characters.has(each.codePointAt(0)!)) ? plain : '?'
  }).join('')

/**
 * A text in lines that fit a width. A word that is longer than a line is divided.
 * @param widthOf the width of a text in the unit of `width`
 */
export const wrapped = (text: string, width: number, widthOf: (text: string) => number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && widthOf(line + character) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line]
}
