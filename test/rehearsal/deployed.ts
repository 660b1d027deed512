import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { assemblyOf } from './assembly.ts'
import { type Policy, policyDocument, type PolicyDocument, type Statement } from './policy.ts'
import { type DeployedStack, parseTemplate, Resolver } from './resolver.ts'

/** The account and Region of a stack that leaves them open. */
const anyAccount = '123456789012'
const anyRegion = 'eu-central-1'

/** A resource with all references replaced by fictitious values of the form that AWS uses. */
export interface DeployedResource {
  readonly stack: string
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  /** The value of `Ref`. */
  readonly name: string
  readonly arn: string | undefined
}

export interface DeployedFunction {
  readonly stack: string
  readonly id: string
  readonly name: string
  readonly arn: string
  /** `<file>.<export>` */
  readonly handler: string
  /** The folder of its code, as it is uploaded. */
  readonly folder: string
  /** The domain of one of Nestegg's own functions; undefined for a function of CDK. */
  readonly domain: string | undefined
  /** The name of the file with the handler: `create-session`. */
  readonly unit: string
  readonly description: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  readonly reservedConcurrency: number | undefined
  readonly insideVpc: boolean
  readonly securityGroupIds: readonly string[]
  readonly subnetIds: readonly string[]
  readonly roleArn: string
  readonly logGroup: string | undefined
}

export interface Deployed {
  readonly environment: EnvironmentName
  readonly account: string
  readonly region: string
  readonly stacks: readonly (DeployedStack & { readonly templateBytes: number })[]
  /** All resources of a type, or of all types. */
  readonly resources: (type?: string) => DeployedResource[]
  /** The resource with that ARN. Throws if there is none. */
  readonly byArn: (arn: string) => DeployedResource
  /** The value of `Fn::GetAtt`. Throws for an attribute that is not known. */
  readonly attributeOf: (resource: DeployedResource, attribute: string) => string
  readonly functions: () => DeployedFunction[]
  /** Nestegg's own functions. */
  readonly ownFunctions: () => DeployedFunction[]
  /** Nestegg's functions with that handler: `identity/create-session`. Throws if there is none. */
  readonly functionsOf: (unit: string) => DeployedFunction[]
  readonly roleOf: (lambda: DeployedFunction) => DeployedResource
  /** The policies inside a role and those attached to it, without those that AWS manages. */
  readonly policiesOf: (roleArn: string) => Policy[]
  /** The ARNs of the policies managed by AWS that a role has. */
  readonly managedPoliciesOf: (roleArn: string) => string[]
  /**
   * The resource policy of a topic, queue, bucket, key, secret, log group or function, or the trust policy of a role, by its ARN. All statements
   * about a resource are merged. Undefined if it has none.
   */
  readonly resourcePolicyOf: (arn: string) => PolicyDocument | undefined
}

const text = z.coerce.string()
const functionSchema = z.object({
  Handler: text,
  Code: z.object({ S3Key: text }),
  Role: text,
  Description: text.default(''),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), text) }).default({ Variables: {} }),
  VpcConfig: z.object({ SecurityGroupIds: z.array(text), SubnetIds: z.array(text) }).optional(),
  LoggingConfig: z.object({ LogGroup: text.optional() }).optional(),
})
const roleSchema = z.object({
  Policies: z.array(z.object({ PolicyName: text, PolicyDocument: policyDocument })).default([]),
  ManagedPolicyArns: z.array(text).default([]),
})
const attachedSchema = z.object({ PolicyName: text, PolicyDocument: policyDocument, Roles: z.array(text) })
const permissionSchema = z.object({
  Action: text,
  FunctionName: text,
  Principal: text,
  SourceArn: text.optional(),
  SourceAccount: text.optional(),
})
const manifestSchema = z.object({ artifacts: z.record(z.string(), z.looseObject({ type: z.string() })) })
const stackSchema = z.object({ environment: z.string(), properties: z.object({ templateFile: z.string() }) })
const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
})

/** The types of policies that are resources of their own, and the property that names what they are about. */
const attachedPolicies = [
  { type: 'AWS::SNS::TopicPolicy', about: 'Topics' },
  { type: 'AWS::SQS::QueuePolicy', about: 'Queues' },
  { type: 'AWS::S3::BucketPolicy', about: 'Bucket' },
  { type: 'AWS::SecretsManager::ResourcePolicy', about: 'SecretId' },
]

const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'))

const load = async (environment: EnvironmentName): Promise<Deployed> => {
  const assembly = await assemblyOf(environment)
  const artifacts = Object.entries(manifestSchema.parse(readJson(assembly, 'manifest.json')).artifacts).flatMap(([name, artifact]) =>
    artifact.type === 'aws:cloudformation:stack' ? [{ ...stackSchema.parse(artifact), name }] : [],
  )
  const stacks = artifacts.map(({ environment: place, name, properties }) => {
    const [account = '', region = ''] = place.replace('aws://', '').split('/')
    return {
      name,
      account: account.startsWith('unknown') ? anyAccount : account,
      region: region.startsWith('unknown') ? anyRegion : region,
      template: parseTemplate(readJson(assembly, properties.templateFile)),
      templateBytes: statSync(join(assembly, properties.templateFile)).size,
    }
  })
  const codeFolders = new Map(
    artifacts.flatMap(({ properties }) => {
      const { files } = assetsSchema.parse(readJson(assembly, properties.templateFile.replace('.template.json', '.assets.json')))
      return Object.values(files).flatMap(({ destinations, source }) =>
        Object.values(destinations).map(({ objectKey }) => [objectKey, join(assembly, source.path ?? '')] as const),
      )
    }),
  )
  return describeStacks(environment, stacks, codeFolders)
}

const describeStacks = (environment: EnvironmentName, stacks: Deployed['stacks'], codeFolders: ReadonlyMap<string, string>): Deployed => {
  const resolver = new Resolver(stacks)
  const all = stacks.flatMap(stack =>
    Object.entries(stack.template.Resources)
      .filter(([, { Condition }]) => resolver.holds(stack, Condition))
      .map(([id, { Properties, Type }]): DeployedResource => {
        const { arn, ref } = resolver.values(stack, id)
        const properties = resolver.resolve(stack, Properties) as Record<string, unknown>
        return { stack: stack.name, id, type: Type, properties, name: ref, arn }
      }),
  )
  const byType = Map.groupBy(all, ({ type }) => type)
  const resources = (type?: string) => (type === undefined ? all : (byType.get(type) ?? []))
  const arns = new Map(all.flatMap(resource => (resource.arn === undefined ? [] : [[resource.arn, resource] as const])))
  const byArn = (arn: string): DeployedResource => {
    const found = arns.get(arn)
    if (found === undefined) throw new Error(`No resource has the ARN ${arn}.`)
    return found
  }
  const functions = resources('AWS::Lambda::Function').map(resource => describeFunction(resource, codeFolders))
  const attached = resources('AWS::IAM::Policy').map(({ properties }) => attachedSchema.parse(properties))
  const roleOf = (arn: string) => roleSchema.parse(byArn(arn).properties)
  const statements = resourceStatements({ resources, byArn })
  return {
    environment,
    account: stacks[0]!.account,
    region: stacks[0]!.region,
    stacks,
    resources,
    byArn,
    attributeOf: ({ id, stack }, attribute) => resolver.attribute(stacks.find(({ name }) => name === stack)!, id, attribute),
    functions: () => functions,
    ownFunctions: () => functions.filter(({ domain }) => domain !== undefined),
    functionsOf: unit => {
      const found = functions.filter(({ domain, unit: name }) => `${domain}/${name}` === unit)
      if (found.length === 0) throw new Error(`No function has the handler ${unit}.`)
      return found
    },
    roleOf: ({ roleArn }) => byArn(roleArn),
    policiesOf: arn => [
      ...roleOf(arn).Policies.map(({ PolicyDocument, PolicyName }) => ({ name: PolicyName, document: PolicyDocument })),
      ...attached
        .filter(({ Roles }) => Roles.includes(byArn(arn).name))
        .map(({ PolicyDocument, PolicyName }) => ({ name: PolicyName, document: PolicyDocument })),
    ],
    managedPoliciesOf: arn => roleOf(arn).ManagedPolicyArns,
    resourcePolicyOf: arn => {
      const own = statements.get(arn)
      return own && { Version: '2012-10-17', Statement: own }
    },
  }
}

const describeFunction = (
  { arn, id, name, properties, stack }: DeployedResource,
  codeFolders: ReadonlyMap<string, string>,
): DeployedFunction => {
  const read = functionSchema.parse(properties)
  const folder = codeFolders.get(read.Code.S3Key)
  if (arn === undefined || folder === undefined) throw new Error(`${stack}/${id} has no code.`)
  const [unit = ''] = read.Handler.split('.')
  return {
    stack,
    id,
    name,
    arn,
    handler: read.Handler,
    folder,
    domain: existsSync(join(folder, `${unit}.mjs`)) ? read.Environment.Variables['POWERTOOLS_SERVICE_NAME'] : undefined,
    unit,
    description: read.Description,
    environment: read.Environment.Variables,
    timeoutSeconds: read.Timeout,
    memoryMegabytes: read.MemorySize,
    reservedConcurrency: read.ReservedConcurrentExecutions,
    insideVpc: read.VpcConfig !== undefined,
    securityGroupIds: read.VpcConfig?.SecurityGroupIds ?? [],
    subnetIds: read.VpcConfig?.SubnetIds ?? [],
    roleArn: read.Role,
    logGroup: read.LoggingConfig?.LogGroup,
  }
}

/** The statements of all resource policies, by the ARN of the resource that they are about. */
const resourceStatements = ({ byArn, resources }: Pick<Deployed, 'resources' | 'byArn'>): ReadonlyMap<string, Statement[]> => {
  const found = new Map<string, Statement[]>()
  const add = (arn: string, statements: readonly Statement[]) => found.set(arn, [...(found.get(arn) ?? []), ...statements])
  const arnByName = new Map(resources().map(({ arn, name, type }) => [`${type.split('::')[1]} ${name}`, arn]))
  for (const { about, type } of attachedPolicies) {
    for (const { properties } of resources(type)) {
      const names = z.union([text.transform(name => [name]), z.array(text)]).parse(properties[about])
      const { Statement } = policyDocument.parse(properties['PolicyDocument'] ?? properties['ResourcePolicy'])
      for (const name of names) add(arnByName.get(`${type.split('::')[1]} ${name}`) ?? byArn(name).arn!, Statement)
    }
  }
  for (const { arn, properties } of resources('AWS::IAM::Role')) {
    add(arn!, policyDocument.parse(properties['AssumeRolePolicyDocument']).Statement)
  }
  for (const { arn, properties } of resources('AWS::KMS::Key')) add(arn!, policyDocument.parse(properties['KeyPolicy']).Statement)
  for (const { properties } of resources('AWS::Logs::ResourcePolicy')) {
    // It names what it is about in its statements.
    for (const statement of policyDocument.parse(JSON.parse(text.parse(properties['PolicyDocument']))).Statement)
      for (const arn of [statement.Resource ?? []].flat()) add(arn.replace(/:\*$/, ''), [statement])
  }
  for (const { properties } of resources('AWS::Lambda::Permission')) {
    const { Action, FunctionName, Principal, SourceAccount, SourceArn } = permissionSchema.parse(properties)
    const arn = arnByName.get(`Lambda ${FunctionName}`) ?? byArn(FunctionName).arn!
    const conditions = {
      ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    }
    add(arn, [
      {
        Effect: 'Allow',
        Principal: Principal.endsWith('.amazonaws.com') ? { Service: [Principal] } : { AWS: [Principal] },
        Action: [Action],
        Resource: [arn],
        ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
      },
    ])
  }
  return found
}

const known = new Map<EnvironmentName, Promise<Deployed>>()

/**
 * An environment as it would be after a deployment, from its templates and its bundles alone. To make them takes ten seconds once per run, so
 * a test file asks for it in `beforeAll`.
 */
export const deployed = (environment: EnvironmentName): Promise<Deployed> => {
  const started = known.get(environment) ?? load(environment)
  known.set(environment, started)
  return started
}
