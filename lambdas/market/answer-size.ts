import type { presentBar } from './present.ts'

/** What Lambda hands on of an answer: 6 MB of JSON, in which the answer itself is a string. */
export const answerLimitBytes = 5_500_000

/** A bar at most, but for its additional data. */
const bareBarBytes = 512

/** The bytes of a bar there: JSON within JSON, so that quotes are escaped once more. */
export const weighBar = ({ additionalData }: ReturnType<typeof presentBar>): number =>
  bareBarBytes + (additionalData === null ? 0 : Buffer.byteLength(JSON.stringify(JSON.stringify(additionalData))))

/** How many of the first items an answer can carry; one at least, if there is one. */
export const countThatFit = <Item>(items: readonly Item[], weigh: (item: Item) => number): number => {
  let bytes = 0
  const first = items.findIndex((item, index) => {
    bytes += weigh(item)
    return index > 0 && bytes > answerLimitBytes
  })
  return first === -1 ? items.length : first
}
