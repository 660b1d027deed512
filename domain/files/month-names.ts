/** First letters of the months in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish, without accents. */
const beginnings: readonly (readonly string[])[] = [
  ['jan', 'gen', 'ene', 'sty'],
  ['feb', 'fev', 'lut'],
  ['mar', 'maer', 'mrt', 'maa', 'mrz'],
  ['apr', 'avr', 'abr', 'kwi'],
  ['may', 'mai', 'maj', 'mei', 'mag'],
  ['jun', 'juin', 'giu', 'cze'],
  ['jul', 'juil', 'lug', 'lip'],
  ['aug', 'aou', 'ago', 'sie'],
  ['sep', 'set', 'wrz'],
  ['oct', 'okt', 'out', 'ott', 'paz'],
  ['nov', 'lis'],
  ['dec', 'dez', 'dic', 'dici', 'gru'],
]

/** The month (1 to 12) of a name or its abbreviation; undefined if it is none. */
export const monthOfName = (name: string): number | undefined => {
  const plain = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}|\.$/gu, '')
  // French: juin and juillet share three letters.
  if (plain.startsWith('juil')) return 7
  if (plain.startsWith('juin')) return 6
  const index = beginnings.findIndex(texts => texts.some(text => plain.startsWith(text)))
  return plain.length < 3 || plain.length > 12 || index === -1 ? undefined : index + 1
}
