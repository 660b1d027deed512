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

/** The colours of lines. The first two of the charts are those of candles. */
export const lineTokens = ['chart-3', 'chart-4', 'chart-5', 'chart-7', 'chart-6', 'chart-8', 'chart-1', 'chart-2'] as const
export const lineToken = (index: number): (typeof lineTokens)[number] => lineTokens[index % lineTokens.length]!
