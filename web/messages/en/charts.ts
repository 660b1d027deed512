/** The words of the charts. */

export const fanChart = {
  year: 'Year',
  between: (low: string, high: string) => `Between ${low} and ${high} of all futures`,
  against: (name: string) => `Dashed: ${name}.`,
  actual: (name: string) => `Line with points: ${name}.`,
  hint: (first: number, last: number) => `${first} to ${last}. Point at a year to read its figures.`,
}

export const trendChart = { none: '–' }

export const barChart = {
  hint: 'Point at a bar to read its figures.',
}
