import { CfnOutput, Duration, Validations } from 'aws-cdk-lib'
import {
  AccountRecovery,
  type CfnUserPool,
  FeaturePlan,
  Mfa,
  PasskeyUserVerification,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito'
import type { Construct } from 'constructs'
import { accessTokenSeconds, refreshTokenSeconds, replacedTokenSeconds } from '../lambdas/identity/token-lifetimes.ts'
import type { BackendVariables } from '../lambdas/runtime/backends.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { EnvironmentSettings } from './environments.ts'

const mailer = ({ codesSentBy, mail: { fromAddress, identity }, region }: EnvironmentSettings): UserPoolEmail =>
  codesSentBy === 'cognito'
    ? UserPoolEmail.withCognito()
    : UserPoolEmail.withSES({
        fromEmail: fromAddress,
        fromName: 'Nestegg',
        sesRegion: region,
        ...(identity.includes('@') ? {} : { sesVerifiedDomain: identity }),
      })

/** Sign-in: one Cognito user pool, one public client, two groups. */
export class IdentityStack extends NesteggStack {
  readonly userPool: UserPool
  readonly client: UserPoolClient
  readonly variables: BackendVariables<'user-pool'>

  constructor(scope: Construct, id: string, { settings }: { readonly settings: EnvironmentSettings }) {
    super(scope, id, { settings, description: 'Sign-in: the Cognito user pool' })
    const { front } = settings
    this.userPool = new UserPool(this, 'Users', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // A passkey is for a domain, and the front has the only one that users open.
      ...(front
        ? {
            signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
            passkeyRelyingPartyId: front.domainName,
            passkeyUserVerification: PasskeyUserVerification.REQUIRED,
          }
        : {}),
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      email: mailer(settings),
      deletionProtection: settings.deletionProtection,
      removalPolicy: settings.removalPolicy,
    })
    if (front) {
      // Otherwise Cognito refuses the passkeys of users with an authenticator app.
      const resource = this.userPool.node.defaultChild as CfnUserPool
      resource.webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION'
    }
    this.userPool.addGroup('Admin', { groupName: 'admin', description: 'Operators of this environment' })
    this.userPool.addGroup('Member', { groupName: 'member', description: 'Members of households' })
    this.client = this.userPool.addClient('App', {
      generateSecret: false,
      disableOAuth: true,
      authFlows: { userPassword: true, user: front !== undefined },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.seconds(accessTokenSeconds),
      idTokenValidity: Duration.seconds(accessTokenSeconds),
      refreshTokenValidity: Duration.seconds(refreshTokenSeconds),
      refreshTokenRotationGracePeriod: Duration.seconds(replacedTokenSeconds),
    })
    this.variables = {
      USER_POOL_ID: this.userPool.userPoolId,
      USER_POOL_CLIENT_ID: this.client.userPoolClientId,
    }
    this.exportValues(this.userPool.userPoolId, this.userPool.userPoolArn, this.userPool.userPoolProviderUrl, this.client.userPoolClientId)
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId })
    new CfnOutput(this, 'UserPoolClientId', { value: this.client.userPoolClientId })

    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'TOTP is offered to all users and required of none, since a lost device must not lock a user out.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'Plus adds threat protection at a price per active user. Essentials has lockout, TOTP and token revocation, the features in use.',
      },
    )
  }
}
