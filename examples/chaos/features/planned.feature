Feature: Orders while its neighbours fail

  # As long as the schedule: a fault under which nobody looks proves nothing, and Verdict says so.
  Scenario: Orders itself answers all the time
    When GET "/health" is sent to "orders"
    Then for 8 seconds the status is 200

  Scenario: An order is confirmed while stock is slow
    Given a unique value is saved as "sku"
    And PUT "/items/${sku}" is sent to "stock" with the body
      """
      { "quantity": 5, "price": 250 }
      """
    And the status is 201
    When POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    Then the status is 201
    And the body at "$.status" is "confirmed"

  Scenario: Stock is back after it was killed
    When GET "/health" is sent to "stock"
    Then the status is 200
    And within 10 seconds "stock" refuses connections
    And within 10 seconds "stock" accepts connections
    When GET "/health" is sent to "stock"
    Then within 10 seconds the status is 200
