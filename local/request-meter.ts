interface Closing {
  once(event: 'close', listener: () => void): unknown
}

/** The weight of the latest request in the mean time of a request. */
const latestWeight = 0.1

/** Counts the requests in progress, each until its answer has been sent, and measures how long they take. */
export const loadMeter = (limit: number, clock: () => number = () => performance.now()) => {
  let inProgress = 0
  let startsSum = 0
  let meanMilliseconds: number | undefined
  return {
    isFull: (): boolean => inProgress >= limit,
    /**
     * An estimate of the time after which the present requests have been answered, in whole seconds, for Retry-After: the mean time of the
     * latest requests, or the mean age of those in progress if they are slower.
     */
    retryAfterSeconds: (): number => {
      const ageMilliseconds = inProgress === 0 ? 0 : clock() - startsSum / inProgress
      return Math.max(1, Math.ceil(Math.max(meanMilliseconds ?? 0, ageMilliseconds) / 1000))
    },
    begin: (response: Closing): void => {
      const startedAt = clock()
      inProgress += 1
      startsSum += startedAt
      response.once('close', () => {
        inProgress -= 1
        startsSum -= startedAt
        const milliseconds = clock() - startedAt
        meanMilliseconds = milliseconds + (1 - latestWeight) * ((meanMilliseconds ?? milliseconds) - milliseconds)
      })
    },
  }
}
