import * as z from 'zod'
import { kycStatuses, relationships } from '../../db/schema/identity/people.ts'
import { calendarDate, countryCode, instant, label, nameSchemas, uuid } from '../runtime/schemas.ts'

export const kycStatus = z
  .enum(kycStatuses)
  .meta({ id: 'KycStatus', description: 'How far the check of the identity is (know your customer).' })
const relationship = z
  .enum(relationships)
  .meta({ id: 'Relationship', description: 'The relation to whoever keeps the records of the household.' })

/** What was checked. The whole number of a document is never stored. */
export const kycData = z
  .strictObject({
    citizenship: countryCode,
    taxResidence: countryCode,
    documentKind: z.enum(['passport', 'driving_licence', 'identity_card', 'residence_permit']).describe('The document that was shown.'),
    documentLastFour: z
      .string()
      .regex(/^[A-Za-z0-9]{4}$/, 'must be the last four characters of the document number')
      .describe('The last four characters of its number.'),
    documentExpiresOn: calendarDate,
    employment: z.enum(['employed', 'self_employed', 'retired', 'student', 'not_employed']).describe('How the person earns a living.'),
    employer: label.describe('Name of the employer.'),
    sourceOfFunds: z
      .enum(['salary', 'business', 'investments', 'inheritance', 'pension', 'property', 'other'])
      .describe('Where the money comes from.'),
    politicallyExposed: z.boolean().describe('Holds a prominent public office, or is close to somebody who does.'),
  })
  .partial()
  .meta({ id: 'KycData', description: 'What was checked. The audit trail does not contain it.' })

const fields = {
  name: label.describe('Name of the person.'),
  relationship,
  birthDate: calendarDate.nullable(),
  userId: uuid.nullable().describe('The member of the household who is this person.'),
  riskTolerance: z.number().min(0).max(1).multipleOf(0.01).nullable().describe('From 0, no risk, to 1.'),
  investmentHorizon: z.int().min(0).max(100).nullable().describe('Years until the money is needed.'),
  accreditedInvestor: z.boolean().nullable().describe('May buy what is offered only to investors of a certain income or wealth.'),
  kycStatus,
  kycData,
}

export const personPatchFields = fields

export const personFields = {
  name: fields.name,
  relationship: relationship.default('other'),
  birthDate: fields.birthDate.optional(),
  userId: fields.userId.optional().describe('The member of the household who is this person.'),
  riskTolerance: fields.riskTolerance.optional().describe('From 0, no risk, to 1.'),
  investmentHorizon: fields.investmentHorizon.optional().describe('Years until the money is needed.'),
  accreditedInvestor: fields.accreditedInvestor
    .optional()
    .describe('May buy what is offered only to investors of a certain income or wealth.'),
  kycStatus: kycStatus.default('not_started'),
  kycData: kycData.optional(),
}

export const person = z.strictObject({
  id: uuid,
  householdId: uuid,
  ...fields,
  name: z.string(),
  riskTolerance: z.number().nullable(),
  investmentHorizon: z.int().nullable(),
  kycVerifiedAt: instant.nullable().describe('Set by the server when the status becomes `verified`.'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({ Person: person })
