import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { AccountRootPrincipal, ArnPrincipal, CompositePrincipal, type IPrincipal, Role } from 'aws-cdk-lib/aws-iam'
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { operationsTasks } from '../../lambdas/operations/tasks.ts'
import type { Operators } from '../deployment.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { Backends } from './backends.ts'

export interface OperatorCommandsProps {
  readonly backends: Backends
}

/**
 * The function that runs the commands of the operator inside the VPC, its URL, and the role that may call it and do nothing else. The URL
 * requires a signature of IAM, so each command has a caller that AWS has verified. `npm run admin` finds both in the outputs of the stack.
 */
export class OperatorCommands extends Construct {
  constructor(scope: Construct, id: string, { backends }: OperatorCommandsProps) {
    super(scope, id)
    const { database, settings } = backends
    const task = operationsTasks['run-command']
    const runner = new BackendFunction(this, task.name, {
      unit: task,
      description: task.summary,
      role: 'nestegg_operator',
      backends,
      code: domainCode(backends.buildFolder, task.domain),
    })
    // For commands on migrations, and on the roles of users, which only the owner of the tables may change.
    database.grantConnect(runner, 'nestegg_owner')
    // Reads the rows of a backup.
    database.grantConnect(runner, 'nestegg_backup')
    const url = runner.function.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM })
    const role = new Role(this, 'Role', {
      // The function accepts the sessions of a role with this name.
      roleName: `nestegg-${settings.name}-operator`,
      description: `May run operator commands in ${settings.name}, and nothing else`,
      assumedBy: trusted(settings.operators),
      maxSessionDuration: Duration.hours(1),
    })
    // Two rights: the URL, and the function itself only through the URL. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
    runner.function.grantInvokeUrl(role)
    const output = (name: string, value: string) => new CfnOutput(Stack.of(this), name, { value })
    output('OperatorUrl', url.url)
    output('OperatorRoleArn', role.roleArn)
  }
}

/**
 * What a user needs: MFA, and the own name as that of the session, so that the recorded caller is who AWS says. There is no such rule for
 * roles: AWS knows no variable for the name of a session. Of their sessions CloudTrail has the access key, which is recorded too.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 */
const ofUsers = { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, StringEquals: { 'sts:RoleSessionName': '${aws:username}' } }

/** The principals that may assume the role. */
const trusted = (operators: Operators | undefined): IPrincipal =>
  operators === undefined
    ? new AccountRootPrincipal().withConditions(ofUsers)
    : new CompositePrincipal(
        ...operators.principalArns.map(arn =>
          arn.includes(':user/') ? new ArnPrincipal(arn).withConditions(ofUsers) : new ArnPrincipal(arn),
        ),
      )
