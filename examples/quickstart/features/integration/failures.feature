# These stop services under everybody's feet, so each runs alone.
@exclusive
Feature: What was promised outlives failures

  Background:
    Given a unique value is saved as "sku"
    And PUT "/items/${sku}" is sent to "stock" with the body
      """
      { "quantity": 5, "price": 250 }
      """
    And the status is 201

  Scenario Outline: An acknowledged order is still there after orders was <ended>
    Given POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    And the status is 201
    And the body at "$.id" is saved as "order"
    When the service "orders" is <ended>
    Then the service "orders" is not running
    When the service "orders" is started
    And GET "/orders/${order}" is sent to "orders"
    Then the status is 200
    And the body has
      | $.sku    | "${sku}"  |
      | $.status | confirmed |

    Examples:
      | ended   |
      | stopped |
      | killed  |

  Scenario: Without stock no order is confirmed, and with it they are again
    When the service "stock" is stopped
    And POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    Then the status is 503
    And the body at "$.error" is "stock does not answer"
    When GET "/items/${sku}/orders" is sent to "orders"
    Then the body has 0 elements
    When the service "stock" is started
    And PUT "/items/${sku}" is sent to "stock" with the body
      """
      { "quantity": 5, "price": 250 }
      """
    And POST "/orders" is sent to "orders" with the body
      """
      { "sku": "${sku}", "quantity": 1, "card": "4242424242424242" }
      """
    Then the status is 201
