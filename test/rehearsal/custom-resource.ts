import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as z from 'zod'
import type { Deployed, DeployedFunction } from './deployed.ts'
import type { Functions } from './functions.ts'
import { serveStandIn, startInvocations, startStateMachines } from './stand-ins.ts'
import { execute, type ExecutionResult } from './state-machine.ts'

/** A body that CloudFormation accepts. */
const longestAnswerBytes = 4_096

const answerSchema = z.strictObject({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  PhysicalResourceId: z.string(),
  LogicalResourceId: z.string(),
  NoEcho: z.boolean().optional(),
  Data: z.record(z.string(), z.unknown()).optional(),
})
export type ResourceAnswer = z.infer<typeof answerSchema>

export type ResourceRequest =
  | { readonly RequestType: 'Create' }
  | { readonly RequestType: 'Update'; readonly PhysicalResourceId: string; readonly OldResourceProperties: object }
  | { readonly RequestType: 'Delete'; readonly PhysicalResourceId: string }

export interface CloudFormation {
  /** Gives the functions of the resource the code and settings of a release, as an update of their stack does. */
  deploy(release: Release): Promise<void>
  /** Sends a request for the resource to its provider, and waits for the answer. `properties` are in addition to those of the template. */
  send(request: ResourceRequest, properties?: object): Promise<ResourceAnswer>
  /** Called instead of each wait between two calls of `isComplete`. */
  onWait: () => Promise<void> | void
  /** Fewer attempts than the template has, for a test that uses all of them. */
  attempts: number | undefined
  close(): Promise<void>
}

export type Release = Pick<Deployed, 'byArn' | 'functions' | 'resources'>
type Added = (lambda: DeployedFunction) => Record<string, string>

export interface CloudFormationOptions {
  readonly release: Release
  readonly resourceType: string
  /** Starts the functions of a release with these services, and these variables in addition to those of the template. */
  readonly start: (release: Release, endpoints: { readonly LAMBDA: string; readonly SFN: string }, added: Added) => Functions
}

const require = createRequire(import.meta.url)
/** The SDK is in Lambda's runtime, so the code of CDK does not have it. */
const sdkFolder = join(require.resolve('@aws-sdk/client-lambda'), '../../../..')
const plainHttps = new URL('./plain-https.ts', import.meta.url).href

const waiterOf = (definition: unknown, attempts: number | undefined): unknown =>
  attempts === undefined ? definition : JSON.parse(JSON.stringify(definition).replace(/"MaxAttempts":\d+/, `"MaxAttempts":${attempts}`))

/** An execution that fails leaves CloudFormation without an answer. */
const answerOf = async (execution: Promise<ExecutionResult>): Promise<void> => {
  const result = await execution
  if (result.status === 'FAILED') throw new Error(`${result.error}: ${result.cause}`)
}

/**
 * Sends requests for a custom resource as CloudFormation does. CDK's own provider functions of the template get them, call the
 * functions of the resource, and start the template's waiter, which calls `isComplete` until its time is over.
 */
export const startCloudFormation = async ({ release, resourceType, start }: CloudFormationOptions): Promise<CloudFormation> => {
  const [resource] = release.resources(resourceType)
  const { ServiceToken, ...properties } = z.looseObject({ ServiceToken: z.string() }).parse(resource!.properties)
  const answers = new Map<string, (answer: ResourceAnswer) => void>()
  const answering = await serveStandIn(({ body, headers, method, path }) => {
    if (method !== 'PUT' || headers.host !== 'cloudformation-custom-resource-response.example') throw new Error(`${method} ${path}`)
    if (body.length > longestAnswerBytes) throw new Error(`An answer of ${body.length} bytes is too large.`)
    const answer = answerSchema.parse(JSON.parse(body.toString()))
    answers.get(answer.RequestId)?.(answer)
    return {}
  })
  /** Those of CDK, which stay, and those of the resource, which each release replaces. */
  let provider: Functions
  let own: Functions
  const providerArns = new Set(release.functions().flatMap(({ arn, domain }) => (domain === undefined ? [arn] : [])))
  const invoke: Functions['invoke'] = (arn, event) => (providerArns.has(arn) ? provider : own).invoke(arn, event)

  const lambda = await startInvocations(release, invoke)
  const executions = new Set<Promise<void>>()
  const unanswered = Promise.withResolvers<never>()
  unanswered.promise.catch(() => undefined)
  const stateMachines = await startStateMachines(({ input, stateMachineArn }) => {
    const definition: unknown = JSON.parse(String(release.byArn(stateMachineArn).properties['DefinitionString']))
    const execution = execute(waiterOf(definition, cloudFormation.attempts), JSON.parse(input), {
      invoke,
      wait: () => cloudFormation.onWait(),
    })
    executions.add(answerOf(execution).catch((error: unknown) => unanswered.reject(error)))
  })
  const started = (of: Release) =>
    start(
      of,
      { LAMBDA: lambda.url, SFN: stateMachines.url },
      ({ arn }): Record<string, string> =>
        providerArns.has(arn)
          ? { CLOUDFORMATION_PORT: new URL(answering.url).port, NODE_OPTIONS: `--import ${plainHttps}`, NODE_PATH: sdkFolder }
          : {},
    )
  provider = started(release)
  own = started(release)

  const cloudFormation: CloudFormation = {
    onWait: () => undefined,
    attempts: undefined,
    deploy: async next => {
      await own.close()
      own = started(next)
    },
    send: async (request, more = {}) => {
      const RequestId = randomUUID()
      const answered = new Promise<ResourceAnswer>(fulfil => answers.set(RequestId, fulfil))
      const event = {
        ...request,
        ServiceToken,
        ResponseURL: `https://cloudformation-custom-resource-response.example/${RequestId}?X-Amz-Signature=x`,
        StackId: `arn:aws:cloudformation:us-east-2:333333333333:stack/${resource!.stack}/${randomUUID()}`,
        RequestId,
        LogicalResourceId: resource!.id,
        ResourceType: resource!.type,
        ResourceProperties: { ServiceToken, ...properties, ...more },
      }
      const { error, logs } = await invoke(ServiceToken, event)
      if (error) throw new Error(`The provider failed: ${error.errorMessage}\n${logs}`)
      return Promise.race([answered, unanswered.promise])
    },
    close: async () => {
      await Promise.all(executions)
      await Promise.all([provider.close(), own.close()])
      for (const each of [answering, lambda, stateMachines]) await each.close()
    },
  }
  return cloudFormation
}
