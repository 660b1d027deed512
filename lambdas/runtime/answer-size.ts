/** Lambda's limit of an answer: 6 MB of JSON, in which the body is a string. */
export const answerLimitBytes = 5_500_000

/** The size of a value in an answer: JSON within JSON, so quotes are escaped a second time. */
export const bytesInAnswer = (value: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(value)))
