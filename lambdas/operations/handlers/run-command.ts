import type { APIGatewayProxyStructuredResultV2, Context, LambdaFunctionURLEvent } from 'aws-lambda'
import * as z from 'zod'
import { commands } from '../../commands.ts'
import { type ExitCode, exitCodes } from '../../runtime/command.ts'
import { databaseLocation } from '../../runtime/database.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { parsePart, toProblem } from '../../runtime/errors.ts'
import { beginLogging, logger, traced } from '../../runtime/observability.ts'
import { Problem } from '../../runtime/problem.ts'
import { readJsonBody } from '../../runtime/request.ts'
import { uuid } from '../../runtime/schemas.ts'
import { toProblemResult } from '../../runtime/serve.ts'
import { type CommandCaller, executeCommand, failureOf } from '../execute-command.ts'
import { operationsTasks } from '../tasks.ts'

/** The answer to a command that has run, successfully or not. */
export interface CommandAnswer {
  readonly exitCode: ExitCode
  readonly output: string
  readonly error?: string
}

const requestForm = z.strictObject({
  requestId: uuid,
  command: z.enum(commands.map(({ name }) => name)),
  arguments: z.record(z.string(), z.json()).default({}),
})

/** What Lambda has verified of the caller, if its URL requires a signature of IAM. */
const identityForm = z.object({
  authorizer: z.object({ iam: z.object({ userArn: z.string(), callerId: z.string(), accessKey: z.string() }) }),
  http: z.object({ sourceIp: z.string() }),
})

/**
 * The caller, in the words of IAM. Only sessions of the operator role of this account and environment are callers: other principals of the
 * account can have rights on all functions.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
const readOperator = (event: unknown, functionArn: string): CommandCaller => {
  const parsed = z.object({ requestContext: identityForm }).safeParse(event)
  const refused = (detail: string) => new Problem('administrator-required', detail)
  if (!parsed.success) throw refused('The request has no identity that IAM has verified. Call the URL of the function, with a signature.')
  const { authorizer, http } = parsed.data.requestContext
  const { accessKey, callerId, userArn } = authorizer.iam
  const [, , , , account] = functionArn.split(':')
  const role = `:sts::${account}:assumed-role/nestegg-${readEnvironment().NESTEGG_ENVIRONMENT}-operator/`
  if (!userArn.includes(role)) throw refused(`${userArn} is no session of the role of operators.`)
  return { caller: userArn, callerId, accessKeyId: accessKey, sourceIp: http.sourceIp }
}

/** Lambda's limit for an answer is 6 MB, and characters of text can have several bytes. */
const outputLimit = 1_500_000
const shorten = (text: string) =>
  text.length > outputLimit ? `${text.slice(0, outputLimit)}\n… and more, which is too long to send.\n` : text

/** A step of the longest work begins only while there is more time than this. Each step takes less. */
const stepMilliseconds = 6 * 60_000

const answerTo = async (event: LambdaFunctionURLEvent, context: Context): Promise<CommandAnswer> => {
  const caller = readOperator(event, context.invokedFunctionArn)
  const { arguments: given, command: name, requestId } = parsePart(requestForm, readJsonBody(event), 'body')
  const command = commands.find(each => each.name === name)!
  const parsed = parsePart(command.arguments, given, 'body.arguments') as Readonly<Record<string, unknown>>
  logger.appendKeys({ command: name, commandRequestId: requestId, ...caller })
  logger.info('command begins')
  let output = ''
  try {
    const exitCode = await executeCommand(command, parsed, {
      requestId,
      caller,
      location: databaseLocation(readEnvironment()),
      out: text => void (output += text),
      warn: text => void (output += text),
      progress: () => undefined,
      hasTime: () => context.getRemainingTimeInMillis() > stepMilliseconds,
      remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    })
    logger.info('command succeeded', { exitCode })
    return { exitCode, output: shorten(output) }
  } catch (error) {
    logger.error('command failed', { error })
    return { exitCode: exitCodes.failed, output: shorten(output), error: failureOf(error) }
  }
}

/**
 * Runs one command of the operator inside the VPC. The URL of the function requires a signature of IAM, so the caller is who IAM says. Who may
 * invoke a function without its URL could write any caller: the templates give that right to nobody.
 */
export const handler = async (event: LambdaFunctionURLEvent, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
  beginLogging(context, { task: operationsTasks['run-command'].id })
  try {
    const answer = await traced(operationsTasks['run-command'].id, () => answerTo(event, context))
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }
  } catch (error) {
    const problem = toProblem(error)
    if (problem.status >= 500) logger.error('request failed', { error: problem.cause ?? error })
    else logger.warn('request refused', { detail: problem.message })
    return toProblemResult(problem, '/', context.awsRequestId)
  }
}
