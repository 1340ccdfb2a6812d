Feature: Payments charges once

  Background:
    Given a unique value is saved as "reference"

  Scenario: A card is charged once for one thing, however often it is asked
    When POST "/payments" is sent to "payments" 8 times at once with the body
      """
      { "reference": "${reference}", "amount": 990, "card": "4242424242424242" }
      """
    Then the statuses are
      | 201 | 1 |
      | 409 | 7 |
    When GET "/payments/${reference}" is sent to "payments"
    Then the body has
      | $.amount | 990     |
      | $.status | charged |
    And the file "claims/${reference}.claim" is absent

  Scenario: A declined card is not charged
    When POST "/payments" is sent to "payments" with the body
      """
      { "reference": "${reference}", "amount": 990, "card": "4000000000000002" }
      """
    Then the status is 402
    When GET "/payments/${reference}" is sent to "payments"
    Then the status is 404
