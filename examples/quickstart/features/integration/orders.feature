Feature: An order is made whole, or not at all

  Background:
    Given a unique value is saved as "sku"
    And PUT "/items/${sku}" is sent to "stock" with the body
      """
      { "quantity": 5, "price": 250 }
      """
    And the status is 201

  Scenario: A confirmed order has its goods, its payment, its row and its log line
    When POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 2, "card": "4242424242424242" }
      """
    Then the status is 201
    And the body has
      | $.status | confirmed |
      | $.amount | 500       |
    And the body at "$.id" is saved as "order"
    And the body at "$.payment" is saved as "payment"
    And the header "Location" is "/orders/${order}"
    And within 2 seconds the log of "orders" contains "order ${order} confirmed: 2 of ${sku}"
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 3
    When GET "/payments/${payment}" is sent to "payments"
    Then the body has
      | $.amount | 500     |
      | $.status | charged |
    When the query "SELECT id, quantity, amount, status FROM orders WHERE sku = '${sku}'" is run on "jdbc:sqlite:${run.directory}/orders.db"
    Then the rows are
      | id       | quantity | amount | status    |
      | ${order} | 2        | 500    | confirmed |

  Scenario: More than there is cannot be ordered
    When POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 6, "card": "4242424242424242" }
      """
    Then the status is 409
    And the body at "$.error" is "only 5 of ${sku} are left"
    When GET "/items/${sku}/orders" is sent to "orders"
    Then the body has 0 elements

  Scenario: A declined card gives the goods back
    When POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 5, "card": "4000000000000002" }
      """
    Then the status is 402
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 5
    When GET "/items/${sku}/orders" is sent to "orders"
    Then the body has 0 elements

  Scenario: An order that is sent again with its key is made once
    Given a unique value is saved as "key"
    And the request header "Idempotency-Key" is set to "${key}"
    When POST "/orders" is sent to "orders" 8 times at once with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    Then the statuses are
      | 201 | 1 |
      | 200 | 7 |
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 4
    When GET "/items/${sku}/orders" is sent to "orders"
    Then the body has 1 element

  Scenario: Twenty customers at once buy what there is, and no more
    When POST "/orders" is sent to "orders" 20 times at once with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    Then the statuses are
      | 201 | 5  |
      | 409 | 15 |
    When GET "/items/${sku}/orders" is sent to "orders"
    Then the body has 5 elements
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 0

  Scenario: A cancelled order gives goods and money back, and everybody sees it
    Given POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 3, "card": "4242424242424242" }
      """
    And the body at "$.id" is saved as "order"
    And the body at "$.payment" is saved as "payment"
    When GET "/orders/${order}" is sent to "orders"
    Then the body at "$.status" is "confirmed"
    When DELETE "/orders/${order}" is sent to "orders"
    Then the status is 200
    When GET "/orders/${order}" is sent to "orders"
    Then the body at "$.status" is "cancelled"
    When GET "/items/${sku}" is sent to "stock"
    Then the body at "$.available" is 5
    When GET "/payments/${payment}" is sent to "payments"
    Then the body at "$.status" is "refunded"
    When DELETE "/orders/${order}" is sent to "orders"
    Then the status is 409

  Scenario: Whoever listens to the feed hears of an order's life
    Given the event stream "/events" of "orders" is opened
    When POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    And the body at "$.id" is saved as "order"
    Then within 2 seconds an event "confirmed" at "$.id" is ${order}
    When DELETE "/orders/${order}" is sent to "orders"
    Then within 2 seconds an event "cancelled" at "$.id" is ${order}

  # Alone, since everybody's orders are counted.
  @exclusive
  Scenario: The metrics tell how many orders were confirmed and refused
    Given the metric 'shop_orders_total{outcome="confirmed"}' of "orders" is noted
    And the metric 'shop_orders_total{outcome="refused"}' of "orders" is noted
    When POST "/orders" is sent to "orders" 8 times at once with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    Then the metric 'shop_orders_total{outcome="confirmed"}' of "orders" has increased by 5
    And the metric 'shop_orders_total{outcome="refused"}' of "orders" has increased by 3
