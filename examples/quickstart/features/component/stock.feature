Feature: Stock promises no more than there is

  # Scenarios run side by side, so each has an item of its own.
  Background:
    Given a unique value is saved as "sku"
    When PUT "/items/${sku}" is sent to "stock" with the body
      """
      { "quantity": 5, "price": 250 }
      """
    Then the status is 201

  Scenario: A reservation takes from what is available
    When POST "/reservations" is sent to "stock" with the body
      """
      { "sku": "${sku}", "quantity": 2 }
      """
    Then the status is 201
    And the body has
      | $.sku      | "${sku}" |
      | $.quantity | 2        |
      | $.price    | 250      |
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 3
    And the body at "$.quantity" is 5

  Scenario: A released reservation gives the goods back
    Given POST "/reservations" is sent to "stock" with the body
      """
      { "sku": "${sku}", "quantity": 5 }
      """
    And the body at "$.id" is saved as "reservation"
    When DELETE "/reservations/${reservation}" is sent to "stock"
    Then the status is 204
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 5
    When DELETE "/reservations/${reservation}" is sent to "stock"
    Then the status is 404

  Scenario: The last five go to five of twenty customers
    When POST "/reservations" is sent to "stock" 20 times at once with the body
      """
      { "sku": "${sku}", "quantity": 1 }
      """
    Then the statuses are
      | 201 | 5  |
      | 409 | 15 |
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 0

  Scenario Outline: A reservation that makes no sense is refused: <mistake>
    When POST "/reservations" is sent to "stock" with the body
      """
      <body>
      """
    Then the status is <status>
    And the body at "$.error" is "<error>"
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 5

    Examples:
      | mistake         | body                                  | status | error                                                   |
      | nothing wanted  | { "sku": "${sku}", "quantity": 0 }    | 400    | quantity is missing or not a whole number of at least 1 |
      | no item named   | { "quantity": 1 }                     | 400    | sku is missing or not a text                            |
      | too much wanted | { "sku": "${sku}", "quantity": 6 }    | 409    | only 5 of ${sku} are left                               |
      | an unknown item | { "sku": "x-${sku}", "quantity": 1 }  | 404    | there is no item x-${sku}                               |
