const stepMilliseconds = 250

const untilNextStep = async (startedAt: number): Promise<void> => {
  const milliseconds = stepMilliseconds - ((performance.now() - startedAt) % stepMilliseconds)
  await new Promise(resolve => setTimeout(resolve, milliseconds))
}

/** Throws an error of `work` at the next quarter of a second, so that the time of a refusal does not show whether an address has an account. */
export const refusedAtSameTime = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const startedAt = performance.now()
  try {
    return await work()
  } catch (error) {
    await untilNextStep(startedAt)
    throw error
  }
}

/** The same for work with a success that says as little: its result waits too. */
export const answeredAtSameTime = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const startedAt = performance.now()
  return refusedAtSameTime(async () => {
    const result = await work()
    await untilNextStep(startedAt)
    return result
  })
}
