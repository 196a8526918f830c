"""The billing system of Asia and the Pacific: a mainframe's fixed-width extract."""
