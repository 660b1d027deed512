import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          description: z.string(),
          severity: z.string().optional(),
          violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })).default([]),
        }),
      ),
    }),
  ),
})

/** A problem that a validator found at the named constructs of an app. */
export interface Finding {
  readonly validator: string
  readonly rule: string
  readonly severity: string
  readonly description: string
  readonly constructPaths: readonly string[]
}

/**
 * The findings of a synthesis into that folder that were not acknowledged: those of cdk-nag, of the CloudFormation validator and of CDK
 * itself, including warnings (such as W3030, a value that the service does not know).
 */
export const readFindings = (outputFolder: string): Finding[] =>
  report
    .parse(JSON.parse(readFileSync(join(outputFolder, 'validation-report.json'), 'utf8')))
    .pluginReports.flatMap(({ pluginName, violations }) =>
      violations.map(({ ruleName, description, severity = 'error', violatingConstructs }) => ({
        validator: pluginName,
        rule: ruleName,
        severity,
        description,
        constructPaths: violatingConstructs.flatMap(({ constructPath }) => constructPath ?? []),
      })),
    )
