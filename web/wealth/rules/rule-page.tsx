import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLookIsKnown } from '../../shell/preferences.ts'
import type { Rule } from './rule-body.ts'
import { RuleForm } from './rule-form.tsx'
import { useRuleNames } from './use-rule-names.ts'
import { form as m, list, titles } from '#messages/rules'

/** A rule is shown with the names of accounts and categories. */
const WithNames = ({ householdId, rule }: { readonly householdId: string; readonly rule?: Rule }) => {
  const { error, names, retry } = useRuleNames(householdId)
  if (error) return <Failure error={error} retry={retry} />
  return names ? <RuleForm householdId={householdId} names={names} {...(rule && { rule })} /> : <Loading />
}

const Stored = ({ ruleId }: { readonly ruleId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/rules/{ruleId}', { params: { ruleId } })
  if (error) return <Failure error={error} retry={refetch} />
  return data ? <WithNames householdId={data.householdId} rule={data} /> : <Loading />
}

const New = () => {
  const { household, isPending } = useHouseholds()
  if (household) return <WithNames householdId={household.id} />
  return isPending ? <Loading /> : <EmptyState title={list.noHousehold} />
}

const RulePage = () => {
  const { ruleId } = useParams<{ ruleId?: string }>()
  const isKnown = useLookIsKnown()
  return (
    <Page title={ruleId ? titles.rule : titles.newRule} lead={m.lead} actions={<ButtonLink href="/rules">{m.toList}</ButtonLink>}>
      {!isKnown ? <Loading /> : ruleId ? <Stored key={ruleId} ruleId={ruleId} /> : <New />}
    </Page>
  )
}

export default RulePage
