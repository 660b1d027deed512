import { type EnvironmentName, readDeployments } from '../../lib/deployment.ts'
import { readOutputs } from './stack-outputs.ts'

/** Longer than the function may run. */
const waitSeconds = 310

/**
 * The command that declares in an environment what a restore has lost of the audit trail. Nothing is done: only the function of the job that
 * seals may sign, and who may invoke it decides in IAM.
 * @throws Error if the environment is not deployed
 */
export const describeDeclaration = async (environment: EnvironmentName, reason: string, now = new Date()): Promise<string> => {
  const { account, region } = readDeployments()[environment]
  const { SealingFunction } = await readOutputs(environment, 'operations', ['SealingFunction'])
  const payload = JSON.stringify({ scheduledTime: now.toISOString(), declareLoss: { declaredBy: '<caller>', reason } })
  const quoted = payload.replaceAll("'", '\\u0027').replace('<caller>', `'"$(aws sts get-caller-identity --query Arn --output text)"'`)
  return `# This has changed nothing. Run it with rights in the account ${account}: the caller needs lambda:InvokeFunction on this function. CloudTrail has
# who it was, if it records data events of Lambda. The answer names the record, how many anchors it supersedes, and the newest anchor.
# https://docs.aws.amazon.com/cli/latest/reference/lambda/invoke.html
export AWS_REGION=${region}
aws lambda invoke --function-name ${SealingFunction} --cli-read-timeout ${waitSeconds} \\
  --cli-binary-format raw-in-base64-out \\
  --payload '${quoted}' /dev/stdout
npm run admin -- audit verify --environment ${environment}
`
}
