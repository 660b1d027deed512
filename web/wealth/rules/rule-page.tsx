import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLookIsKnown } from '../../shell/preferences.ts'
import { RuleForm } from './rule-form.tsx'
import { form as m, list, titles } from '#messages/rules'

const Stored = ({ ruleId }: { readonly ruleId: string }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/rules/{ruleId}', { params: { ruleId } })
  if (error) return <Failure error={error} retry={refetch} />
  return data ? <RuleForm householdId={data.householdId} rule={data} /> : <Loading />
}

const New = () => {
  const { household, isPending } = useHouseholds()
  if (household) return <RuleForm householdId={household.id} />
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
