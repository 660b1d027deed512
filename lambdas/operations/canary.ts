/**
 * The script of the canary of CloudWatch Synthetics: calls the API from outside, as a client does. It uses nothing of Synthetics, which
 * counts a run as failed when the handler throws.
 */

const stepTimeoutMilliseconds = 10_000

interface Step {
  readonly name: string
  readonly path: string
  readonly status: number
  /** What the body must contain. Left out: any body. */
  readonly body?: Readonly<Record<string, unknown>>
}

const steps = (environment: string | undefined): readonly Step[] => [
  { name: 'health', path: '/health', status: 200, body: { status: 'ok', environment } },
  { name: 'ready', path: '/ready', status: 200, body: { status: 'ok', environment } },
  // Without a token: whoever is let in here could read everything.
  { name: 'protected', path: '/v1/planning/plans', status: 401 },
]

/** Why the answer is wrong; undefined if it is as expected. */
const faultOf = async ({ body, status }: Step, response: Response): Promise<string | undefined> => {
  const text = await response.text()
  if (response.status !== status) return `answered ${response.status} instead of ${status}: ${text.slice(0, 500)}`
  if (body === undefined) return undefined
  let answered: Record<string, unknown>
  try {
    answered = Object(JSON.parse(text))
  } catch {
    return `answered no JSON: ${text.slice(0, 500)}`
  }
  const wrong = Object.entries(body).filter(([field, value]) => answered[field] !== value)
  return wrong.length === 0 ? undefined : `answered ${text.slice(0, 500)}, in which ${wrong.map(([field]) => field).join(', ')} is wrong`
}

/** `fetch` itself says only that it failed. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

/** The fault of a step, with the time that it took in the log. */
const check = async (url: string, step: Step): Promise<string | undefined> => {
  const startedAt = performance.now()
  let fault: string | undefined
  try {
    const response = await fetch(new URL(step.path, url), { signal: AbortSignal.timeout(stepTimeoutMilliseconds), redirect: 'manual' })
    fault = await faultOf(step, response)
  } catch (error) {
    fault = `did not answer: ${reasonOf(error)}`
  }
  const milliseconds = Math.round(performance.now() - startedAt)
  const line = { step: step.name, path: step.path, milliseconds, ...(fault === undefined ? {} : { fault }) }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  return fault === undefined ? undefined : `${step.path} ${fault}`
}

/**
 * Makes all steps, one after the other, whatever the others find.
 * @throws {Error} naming each step of which the answer is wrong or missing.
 */
export const handler = async (): Promise<string> => {
  const { API_URL: url, EXPECTED_ENVIRONMENT: environment } = process.env
  if (url === undefined) throw new Error('The variable API_URL is not set.')
  const faults: string[] = []
  for (const step of steps(environment)) {
    const fault = await check(url, step)
    if (fault !== undefined) faults.push(fault)
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return 'All steps were answered as expected.'
}
