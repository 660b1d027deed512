import { Validations } from 'aws-cdk-lib'
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import { type ILambdaDeploymentConfig, LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Alias } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'
import type { GradualReleaseName } from '../deployment.ts'
import { arnPrefixOf } from './acknowledgements.ts'
import type { NesteggFunction } from './nestegg-function.ts'

/**
 * At least ten minutes: the alarms add up five minutes, and a shift that ends before the first of them would never be rolled back.
 */
const configurations: Readonly<Record<GradualReleaseName, ILambdaDeploymentConfig>> = {
  'canary-10-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
  'canary-30-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_30MINUTES,
  'linear-10-minutes': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
  'linear-30-minutes': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_3MINUTES,
}

export interface GradualReleaseProps {
  readonly settings: EnvironmentSettings
  readonly release: GradualReleaseName
}

/**
 * Moves the requests of functions to a new version step by step, and back to the old one when an alarm is raised. CodeDeploy does it while
 * CloudFormation updates the alias, so a release that is rolled back fails its deployment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
export class GradualRelease extends Construct {
  private readonly aliases: Alias[] = []
  private readonly props: GradualReleaseProps

  constructor(scope: Construct, id: string, props: GradualReleaseProps) {
    super(scope, id)
    this.props = props
  }

  /** The address of the function for its callers. Its requests are moved step by step. */
  aliasOf(handler: NesteggFunction): Alias {
    const alias = new Alias(handler, 'Live', { aliasName: 'live', version: handler.function.currentVersion })
    this.aliases.push(alias)
    return alias
  }

  /** Declares which alarms take a release back: of all functions at once, since they are released together. */
  rollBackOn(alarms: readonly IAlarm[]): void {
    const application = new LambdaApplication(this, 'Application')
    const role = codeDeployRole(this, this.props.settings)
    for (const alias of this.aliases) {
      new LambdaDeploymentGroup(alias, 'Release', {
        application,
        alias,
        role: role.withoutPolicyUpdates(),
        deploymentConfig: configurations[this.props.release],
        alarms: [...alarms],
        autoRollback: { deploymentInAlarm: true, failedDeployment: true },
      })
    }
  }
}

/** What CodeDeploy needs to move requests between versions. The policy that AWS manages lets it change the functions of everybody. */
const codeDeployRole = (scope: Construct, { name }: EnvironmentSettings): Role => {
  const functions = `${arnPrefixOf(scope, 'lambda')}function:nestegg-${name}-*`
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    inlinePolicies: {
      rights: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
            resources: [functions],
          }),
          new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
        ],
      }),
    },
  })
  Validations.of(role).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::${functions}]`,
      reason: 'The names of the functions are generated, and begin with the name of the environment.',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'CodeDeploy reads the state of the alarms; the action has no resource-level permissions.',
    },
  )
  return role
}
