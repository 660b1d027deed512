export const chartTokens = [
  'text-quiet',
  'chart-grid',
  'line',
  'chart-1',
  'chart-2',
  'chart-3',
  'chart-4',
  'chart-5',
  'chart-6',
  'chart-7',
  'chart-8',
] as const

/** The colours of lines, by number. The first two of the charts are those of candles. */
const lineColours = [3, 4, 5, 7, 6, 8, 1, 2] as const
export const lineColour = (index: number): number => lineColours[index % lineColours.length]!
export const lineTokens = lineColours.map(colour => `chart-${colour}` as const)
