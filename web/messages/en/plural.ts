/** A count with its noun: `1 transaction`, `2 transactions`. `shown` is the count as it is printed. */
export const plural = (count: number, one: string, many: string, shown: string | number = count): string =>
  `${shown} ${count === 1 ? one : many}`
