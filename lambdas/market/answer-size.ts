import { answerLimitBytes, bytesInAnswer } from '../runtime/answer-size.ts'
import type { presentBar } from './present.ts'

/** Largest size of a bar without its additional data. */
const bareBarBytes = 512

/** The size of a bar in an answer. */
export const weighBar = ({ additionalData }: ReturnType<typeof presentBar>): number =>
  bareBarBytes + (additionalData === null ? 0 : bytesInAnswer(additionalData))

/** How many of the first items fit in an answer: at least one, if there is one. */
export const countThatFit = <Item>(items: readonly Item[], weigh: (item: Item) => number): number => {
  let bytes = 0
  const first = items.findIndex((item, index) => {
    bytes += weigh(item)
    return index > 0 && bytes > answerLimitBytes
  })
  return first === -1 ? items.length : first
}
