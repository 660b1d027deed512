import type { presentBar } from './present.ts'

/** Lambda's limit of an answer: 6 MB of JSON, in which the body is a string. */
export const answerLimitBytes = 5_500_000

/** Largest size of a bar without its additional data. */
const bareBarBytes = 512

/** The size of a bar in an answer: JSON within JSON, so quotes are escaped a second time. */
export const weighBar = ({ additionalData }: ReturnType<typeof presentBar>): number =>
  bareBarBytes + (additionalData === null ? 0 : Buffer.byteLength(JSON.stringify(JSON.stringify(additionalData))))

/** How many of the first items fit in an answer: at least one, if there is one. */
export const countThatFit = <Item>(items: readonly Item[], weigh: (item: Item) => number): number => {
  let bytes = 0
  const first = items.findIndex((item, index) => {
    bytes += weigh(item)
    return index > 0 && bytes > answerLimitBytes
  })
  return first === -1 ? items.length : first
}
