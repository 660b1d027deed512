import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand, NoSuchResourceException } from '@aws-sdk/client-service-quotas'
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException } from '@aws-sdk/client-sesv2'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, it, vi } from 'vitest'
import { accountRefusals } from '../../../bin/release/guards/account.ts'
import { placeRefusals } from '../../../bin/release/guards/place.ts'
import { stackStateRefusals } from '../../../bin/release/guards/stack-states.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { account, healthyAccount, settingsOf } from './account.ts'

const settings = settingsOf('prod')
const { region } = settings
const refusalsOfAccount = () => accountRefusals(settings, 6)

describe('the place of a deployment', () => {
  it('is accepted if account and Region are those of the environment', async () => {
    healthyAccount()
    expect(await placeRefusals(settings)).toEqual([])
  })

  it('is refused for an example account, whatever the credentials', async () => {
    healthyAccount()
    expect(await placeRefusals(environmentSettings('dev'))).toEqual([
      expect.stringContaining('The account 111111111111 of dev is an example. Write your own account into deployment.json.'),
      expect.stringContaining(`The credentials belong to the account ${account}, but deployment.json says 111111111111 for dev.`),
    ])
  })

  it('is refused for credentials of another account', async () => {
    healthyAccount().sts.on(GetCallerIdentityCommand).resolves({ Account: '999999999999' })
    expect(await placeRefusals(settings)).toEqual([
      `The credentials belong to the account 999999999999, but deployment.json says ${account} for prod. Choose the profile of that account (AWS_PROFILE).`,
    ])
  })

  it('is refused without credentials, and says how to sign in', async () => {
    healthyAccount().sts.on(GetCallerIdentityCommand).rejects(new Error('The security token has expired'))
    expect(await placeRefusals(settings)).toEqual([expect.stringMatching(/token has expired\).*aws sso login/)])
  })

  it('is refused for another Region of the shell', async () => {
    healthyAccount()
    vi.stubEnv('AWS_REGION', 'eu-west-1')
    expect(await placeRefusals(settings)).toEqual([
      `The Region of your shell or profile is eu-west-1, but deployment.json says ${region} for prod. Set AWS_REGION=${region}, or correct deployment.json.`,
    ])
  })
})

describe('the account', () => {
  it('is accepted if it has everything', async () => {
    healthyAccount()
    expect(await refusalsOfAccount()).toEqual([])
  })

  it('is refused if it is not bootstrapped, with the command', async () => {
    const missing = Object.assign(new Error('Stack with id CDKToolkit does not exist'), { name: 'ValidationError' })
    healthyAccount().cloudFormation.on(DescribeStacksCommand, { StackName: 'CDKToolkit' }).rejects(missing)
    expect(await refusalsOfAccount()).toEqual([
      `The account ${account} is not prepared for the CDK in ${region}. Run: npx cdk bootstrap aws://${account}/${region}`,
    ])
  })

  it('is refused if its bootstrap is older than the templates need', async () => {
    healthyAccount()
    expect(await accountRefusals(settings, 31)).toEqual([
      expect.stringMatching(/in version 30 .* version 31 is needed\. Run: npx cdk bootstrap/),
    ])
  })

  it('is refused if it may run fewer functions than deployment.json says, with the quota', async () => {
    healthyAccount()
      .quotas.on(GetServiceQuotaCommand, { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' })
      .resolves({ Quota: { Value: 10 } })
    expect(await refusalsOfAccount()).toEqual([
      expect.stringMatching(/may run 10 functions at a time .* says 800 for prod.*--quota-code L-B99A9384 --desired-value 1000/),
    ])
  })

  it('has the default quota if none was ever requested', async () => {
    const { quotas } = healthyAccount()
    quotas.on(GetServiceQuotaCommand).rejects(new NoSuchResourceException({ message: 'none', $metadata: {} }))
    quotas.on(GetAWSDefaultServiceQuotaCommand).resolves({ Quota: { Value: 1000 } })
    expect(await refusalsOfAccount()).toEqual([])
    quotas.on(GetAWSDefaultServiceQuotaCommand).resolves({ Quota: { Value: 799 } })
    expect(await refusalsOfAccount()).toEqual([expect.stringContaining('may run 799 functions')])
  })

  it.each([
    ['does not know', () => Promise.reject(new NotFoundException({ message: 'none', $metadata: {} })), 'aws sesv2 create-email-identity'],
    ['has not verified', () => Promise.resolve({ VerifiedForSendingStatus: false }), 'aws sesv2 get-email-identity'],
  ])('is refused if SES %s the sender', async (state, answer, command) => {
    healthyAccount().ses.on(GetEmailIdentityCommand, { EmailIdentity: 'nestegg.example' }).callsFake(answer)
    const [refusal, ...others] = await refusalsOfAccount()
    expect(refusal).toContain(`SES ${state} nestegg.example in ${region}`)
    expect(refusal).toContain(command)
    expect(others).toEqual([])
  })

  it('is refused in the sandbox of SES', async () => {
    healthyAccount().ses.on(GetAccountCommand).resolves({ ProductionAccessEnabled: false })
    expect(await refusalsOfAccount()).toEqual([expect.stringContaining('in the sandbox of SES')])
  })

  it('needs no SES for an environment whose codes Cognito sends', async () => {
    const { ses } = healthyAccount()
    ses.on(GetEmailIdentityCommand).resolves({}).on(GetAccountCommand).resolves({})
    expect(await accountRefusals({ ...settingsOf('dev'), lambdaConcurrency: 10 }, 6)).toEqual([])
    expect(ses.calls()).toEqual([])
  })

  it('is refused for everything that is missing at once, and for what could not be checked', async () => {
    const { quotas, ses } = healthyAccount()
    quotas.on(GetServiceQuotaCommand).rejects(new Error('not authorized to perform servicequotas:GetServiceQuota'))
    ses.on(GetEmailIdentityCommand).resolves({}).on(GetAccountCommand).resolves({})
    expect(await refusalsOfAccount()).toEqual([
      expect.stringMatching(/^The quota of Lambda could not be checked: not authorized/),
      expect.stringContaining('has not verified'),
      expect.stringContaining('in the sandbox'),
    ])
  })
})

describe('a stack', () => {
  const refusals = (status: string) => stackStateRefusals([{ name: 'nestegg-prod-api', region, status, isProtected: false, outputs: {} }])

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'])(
    'in the state %s can be deployed',
    status => {
      expect(refusals(status)).toEqual([])
    },
  )

  it.each([
    ['UPDATE_IN_PROGRESS', 'Wait for the end'],
    ['UPDATE_ROLLBACK_FAILED', `continue-update-rollback --region ${region} --stack-name nestegg-prod-api`],
    ['DELETE_FAILED', `delete-stack --region ${region} --stack-name nestegg-prod-api`],
    ['ROLLBACK_FAILED', 'delete-stack'],
  ])('in the state %s is refused, with what to do', (status, text) => {
    expect(refusals(status)).toEqual([expect.stringContaining(text)])
  })
})
