import type { Deployed, DeployedFunction } from './deployed.ts'
import type { Statement } from './policy.ts'

/** The rights of every function, which `runtimeStatements` in `lib/constructs/nestegg-function.ts` gives. */
const ofEveryFunction = /^(logs|xray|ec2):/

/** A logical id without the digits that CDK appends. */
const plain = (id: string): string => id.replace(/[0-9A-F]{8}$/, '')

/** A resource in words: what the template calls it, and which part of it. */
const describeResource = (deployed: Deployed, pattern: string): string => {
  const owner = deployed.resources().find(({ arn }) => arn !== undefined && (pattern === arn || pattern.startsWith(`${arn}/`)))
  if (owner !== undefined) return `${plain(owner.id)}${pattern.slice(owner.arn!.length)}`
  if (pattern.includes(':secret:rds!')) return 'the secret of the administrator'
  return pattern.split(':').slice(5).join(':')
}

const connection = (pattern: string): string | undefined => /:dbuser:[^/]+\/(\w+)$/.exec(pattern)?.[1]

/** The role of a secret: the Data API connects as its user. */
const userOfSecret = (deployed: Deployed, arn: string): string[] => {
  const secret = deployed.resources('AWS::SecretsManager::Secret').find(each => each.arn === arn)
  const text = JSON.stringify(secret?.properties['GenerateSecretString'] ?? '')
  return [
    /\\"username\\":\\"(\w+)\\"/.exec(text)?.[1] ?? String(deployed.resources('AWS::RDS::DBCluster')[0]!.properties['MasterUsername']),
  ]
}

const rolesOf = (deployed: Deployed, lambda: DeployedFunction, statements: readonly Statement[]): string => {
  const signed = statements.flatMap(({ Resource = [] }) => Resource.flatMap(pattern => connection(pattern) ?? []))
  const overDataApi = statements.some(({ Action }) => Action.includes('rds-data:ExecuteStatement'))
    ? Object.entries(lambda.environment)
        .filter(([name]) => name.endsWith('_SECRET_ARN'))
        .flatMap(([, arn]) => userOfSecret(deployed, arn))
        .map(user => `${user} (Data API)`)
    : []
  return [...new Set([...signed, ...overDataApi])].join(', ')
}

const row = (deployed: Deployed, lambda: DeployedFunction): string => {
  const statements = deployed
    .policiesOf(lambda.roleArn)
    .flatMap(({ document }) => document.Statement)
    .filter(({ Action, Effect }) => Effect === 'Allow' && !Action.every(action => ofEveryFunction.test(action)))
  const rights = statements
    .filter(({ Action }) => !Action.includes('rds-db:connect'))
    .map(({ Action, Resource = [] }) => `${Action.join(', ')} on ${Resource.map(each => describeResource(deployed, each)).join(', ')}`)
  const cells = [
    `${lambda.domain}/${lambda.handler.replace(/\.handler$/, '')}`,
    lambda.stack.replace(`nestegg-${deployed.environment}-`, ''),
    lambda.insideVpc ? 'inside' : 'outside',
    rolesOf(deployed, lambda, statements),
    rights.join('; '),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The page `docs/rights.md`. */
export const rightsPage = (deployed: Deployed): string => `# The rights of every function

\`npm run docs:rights\` writes this page from the templates of production. A test fails when it is out of date.

Every function may also write to its own log group and send traces, and one inside the VPC may attach its network interfaces.
Cognito is called with the token or the password of a user, which needs no right of the function.
The Data API connects with a secret; a function inside the VPC signs a token for its role and connects by itself.

| Function | Stack | VPC | Database role | Actions of AWS |
| --- | --- | --- | --- | --- |
${deployed
  .ownFunctions()
  .map(lambda => row(deployed, lambda))
  .toSorted()
  .join('\n')}
`
