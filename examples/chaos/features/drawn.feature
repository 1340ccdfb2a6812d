Feature: Orders under whatever comes

  Scenario: Orders itself answers all the time, and its neighbours in the quiet end
    When GET "/health" is sent to "orders"
    Then for 9 seconds the status is 200
    When GET "/health" is sent to "stock"
    Then within 10 seconds the status is 200
    When GET "/health" is sent to "payments"
    Then within 10 seconds the status is 200
