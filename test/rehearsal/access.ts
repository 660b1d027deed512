import { runSimulation } from '@cloud-copilot/iam-simulate'
import type { Deployed } from './deployed.ts'
import type { Policy } from './policy.ts'

/** A call of an AWS API, as IAM sees it. */
export interface Call {
  /** `kms:Decrypt` */
  readonly action: string
  /** The ARN of one resource; `*` for an action that knows no resources. */
  readonly on: string
  /** The condition keys of the call, in addition to those of every call. */
  readonly context?: Readonly<Record<string, string>>
}

/** The policies managed by AWS that roles of the templates have. */
const managedPolicies: Readonly<Record<string, Policy['document']>> = {
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: ['*'] }],
  },
}

const isService = (principal: string): boolean => principal.endsWith('.amazonaws.com')

/** The resource whose policy counts: an object belongs to its bucket, a stream to its log group. An alias of a function has a policy of its own. */
const ownerOf = (arn: string): string => {
  if (arn.startsWith('arn:aws:s3:::')) return arn.split('/')[0]!
  return arn.replace(/:log-stream:.*/, '')
}

/**
 * The policy of a resource. A key that is not in the templates has the policy that KMS gives to a new one.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
const resourcePolicyOf = (deployed: Deployed, arn: string): Policy['document'] | undefined => {
  const { account } = deployed
  const isOwnKey = arn.startsWith('arn:aws:kms:') && arn.includes(`:${account}:key/`)
  return (
    deployed.resourcePolicyOf(ownerOf(arn)) ??
    (isOwnKey
      ? {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${account}:root`] }, Action: ['kms:*'], Resource: ['*'] }],
        }
      : undefined)
  )
}

/** A user of the account, outside the templates, who may do everything that no resource refuses. */
const administrator: Policy['document'] = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] }

const policiesOfRole = (deployed: Deployed, roleArn: string): Policy[] => [
  ...deployed.policiesOf(roleArn),
  ...deployed.managedPoliciesOf(roleArn).map(name => {
    const document = managedPolicies[name]
    if (document === undefined) throw new Error(`Write the document of ${name} into test/rehearsal/access.ts.`)
    return { name: name.split('/').at(-1)!, document }
  }),
]

/**
 * Why AWS would refuse a call by a role (its ARN), a user of the account (who has all rights) or a service (`events.amazonaws.com`), by the
 * policies of the caller and of the resource;
 * undefined if it would allow the call.
 * @throws {Error} if the call is not one that exists: an unknown action, or a resource of a kind that the action does not take.
 */
export const refusal = async (deployed: Deployed, principal: string, { action, context = {}, on }: Call): Promise<string | undefined> => {
  const { account, region } = deployed
  const request = `${principal} ${action} ${on}`
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource: on, accountId: account },
        contextVariables: {
          'aws:SecureTransport': 'true',
          ...(action.startsWith('s3:') ? { 's3:TlsVersion': '1.3' } : {}),
          ...(isService(principal)
            ? { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal }
            : { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': principal, 'aws:RequestedRegion': region }),
          ...context,
        },
      },
      identityPolicies: isService(principal)
        ? []
        : (principal.includes(':user/') ? [{ name: 'everything', document: administrator }] : policiesOfRole(deployed, principal)).map(
            ({ document, name }) => ({ name, policy: document }),
          ),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: resourcePolicyOf(deployed, on),
    },
    {},
  )
  if (result.resultType === 'error') throw new Error(`${request}: ${JSON.stringify(result.errors)}`)
  if (result.resultType === 'single') {
    const unknown = result.result.ignoredContextKeys?.filter(key => key in context) ?? []
    if (unknown.length > 0) throw new Error(`${request}: the action has no condition key ${unknown.join(', ')}.`)
  }
  return result.overallResult === 'Allowed' ? undefined : `${request}: ${result.overallResult}`
}

/** The refusals of all calls, one sentence each. */
export const refusals = async (deployed: Deployed, calls: readonly (readonly [principal: string, call: Call])[]): Promise<string[]> => {
  const found: string[] = []
  for (const [principal, call] of calls) {
    const refused = await refusal(deployed, principal, call)
    if (refused !== undefined) found.push(refused)
  }
  return found
}
