/** Where the ground of a cell changes: shares of success that people tell apart. */
const borders = [0.5, 0.7, 0.8, 0.9] as const

/** The step of a fraction in a heat map, from 0 to 4. */
export const heatLevel = (fraction: number): number => borders.filter(border => fraction >= border).length
