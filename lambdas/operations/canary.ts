/**
 * The script of the canary of CloudWatch Synthetics: opens the web application and calls the API from outside, as a browser does. It uses nothing of Synthetics, which
 * counts a run as failed when the handler throws.
 */

const stepTimeoutMilliseconds = 10_000

interface Step {
  readonly name: string
  readonly path: string
  readonly status: number
  /** What the body must contain. Left out: any body. */
  readonly body?: Readonly<Record<string, unknown>>
  /** The beginning of its media type. Left out: any. */
  readonly contentType?: string
  /** The step that follows from the body of the expected answer. */
  readonly next?: (text: string) => Step | undefined
}

/** The script that a page of the web application names first. Without it the page stays empty. */
const scriptOf = (page: string): Step | undefined => {
  const [, path] = /<script[^>]* src="(\/[^"]+)"/.exec(page) ?? []
  return path === undefined ? undefined : { name: 'script', path, status: 200, contentType: 'text/javascript' }
}

const steps = (environment: string | undefined): readonly Step[] => [
  { name: 'health', path: '/health', status: 200, body: { status: 'ok', environment } },
  { name: 'ready', path: '/ready', status: 200, body: { status: 'ok', environment } },
  // Without a token: whoever is let in here could read everything.
  { name: 'protected', path: '/v1/planning/plans', status: 401 },
  { name: 'page', path: '/', status: 200, contentType: 'text/html', next: scriptOf },
]

/** Why the answer is wrong; undefined if it is as expected. */
const faultOf = ({ body, contentType = '', status }: Step, response: Response, text: string): string | undefined => {
  if (response.status !== status) return `answered ${response.status} instead of ${status}: ${text.slice(0, 500)}`
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith(contentType)) return `answered ${type || 'no media type'} instead of ${contentType}: ${text.slice(0, 500)}`
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

/** The faults of a step and of the one that follows from its answer, with the time that each took in the log. */
const check = async (url: string, step: Step): Promise<readonly string[]> => {
  const startedAt = performance.now()
  let fault: string | undefined
  let text = ''
  try {
    const response = await fetch(new URL(step.path, url), { signal: AbortSignal.timeout(stepTimeoutMilliseconds), redirect: 'manual' })
    text = await response.text()
    fault = faultOf(step, response, text)
  } catch (error) {
    fault = `did not answer: ${reasonOf(error)}`
  }
  const milliseconds = Math.round(performance.now() - startedAt)
  const line = { step: step.name, path: step.path, milliseconds, ...(fault === undefined ? {} : { fault }) }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  if (fault !== undefined) return [`${step.path} ${fault}`]
  const next = step.next?.(text)
  return next === undefined ? [] : check(url, next)
}

/**
 * Makes all steps, one after the other, whatever the others find.
 * @throws {Error} naming each step of which the answer is wrong or missing.
 */
export const handler = async (): Promise<string> => {
  const { URL: url, EXPECTED_ENVIRONMENT: environment } = process.env
  if (url === undefined) throw new Error('The variable URL is not set.')
  const faults: string[] = []
  for (const step of steps(environment)) {
    faults.push(...(await check(url, step)))
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return 'All steps were answered as expected.'
}
