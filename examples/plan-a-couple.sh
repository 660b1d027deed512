#!/bin/sh
# Plans the retirement of a couple, simulates the plan and reads the result.
. "$(dirname "$0")/client.sh"
sign_in

request POST /v1/identity/households '{"name":"Alex and Robin","timezone":"America/Los_Angeles"}'
household=$(field id)

request GET /v1/planning/portfolio-models
# The model of risk level 6: its id comes before its level in the answer.
model=$(printf '%s' "$answer" | tr '{' '\n' | grep '"riskLevel":6,' | grep -o '"id":"[^"]*' | head -n 1 | cut -d '"' -f 4)

request POST /v1/planning/plans "{
  \"householdId\": \"$household\",
  \"name\": \"Retire at 65 and 63\",
  \"portfolioModelId\": \"$model\",
  \"planningHorizonYears\": 35,
  \"asOfDate\": \"2026-01-01\",
  \"randomSeed\": \"42\"
}"
plan=$(field id)

# input TYPE NAME VALUE: adds an input to the plan.
input() {
  request POST "/v1/planning/plans/$plan/inputs" "{\"inputType\":\"$1\",\"inputName\":\"$2\",\"inputValue\":$3}"
}

input person Alex '{
  "birthDate": "1966-02-03", "retirementAge": 65, "lifespan": {"kind": "life_table"},
  "socialSecurity": {"benefit": {"kind": "pia", "monthlyAmount": "2800.00"}, "claimingAgeMonths": 804}
}'
input person Robin '{
  "birthDate": "1968-08-09", "retirementAge": 63, "sex": "male", "lifespan": {"kind": "life_table"},
  "socialSecurity": {"benefit": {"kind": "pia", "monthlyAmount": "1500.00"}, "claimingAgeMonths": 780}
}'
input income Salary '{"annualAmount": "120000.00", "person": "Alex"}'
input account '401(k)' '{"balance": "700000.00", "kind": "traditional", "owner": "Alex", "employerPlan": true}'
input account 'Roth IRA' '{"balance": "150000.00", "kind": "roth", "owner": "Robin", "basis": "90000.00"}'
input account Brokerage '{"balance": "300000.00", "basis": "180000.00"}'
input contribution Deferral '{"account": "401(k)", "shareOfIncome": {"income": "Salary", "share": 0.1}}'
input expense Living '{"annualAmount": "65000.00"}'
input expense Travel '{"annualAmount": "15000.00", "essential": false}'
input tax_settings Taxes '{"state": "CA"}'
echo "Plan $plan has 10 inputs."

request POST "/v1/planning/plans/$plan/runs" '{"iterations": 2000}'
run=$(field id)
request GET "/v1/planning/runs/$run"
echo "$(field pathCount) paths: a share of $(field successProbability) succeeds."
echo "Output hash $(field outputHash)"
